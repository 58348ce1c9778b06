"""The webhook of audiences: signed, in one call, and as the contract says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from hourglass.channels import signed
from hourglass.connectors import AudienceConnector, Outcome, discover_connectors, open_connector, read_connector
from hourglass.kernel import Malformed, Secret
from tests.answering import Got, Told, answering
from tests.connectors.contract import NOON, PEOPLE, AudienceContract

SECRET = "a secret of the shop"
STATUS = {Outcome.LATER: 503, Outcome.REFUSED: 403}


class Other:
    def __init__(self) -> None:
        self.status = 200
        self.got: list[Got] = []

    def tell(self, got: Got) -> Told:
        self.got.append(got)
        return self.status, {}, b""


@pytest.fixture
def other() -> Other:
    return Other()


@pytest.fixture
def connector(other: Other) -> Iterator[AudienceConnector]:
    with answering(other.tell) as address:
        yield made(f"{address}/audiences")


@pytest.fixture
def away() -> AudienceConnector:
    return made("http://127.0.0.1:1/audiences")


@pytest.fixture
def answers(other: Other) -> Callable[[Outcome], None]:
    return lambda outcome: setattr(other, "status", STATUS[outcome])


def made(url: str) -> AudienceConnector:
    manifest = discover_connectors()["webhook"]
    return open_connector(manifest, manifest.settings(url=url, signing_secret=Secret(SECRET), private=True))


class TestContract(AudienceContract):
    pass


def test_the_call_is_signed_and_says_who_comes_and_who_goes(other: Other, connector: AudienceConnector) -> None:
    connector.keep("vips", PEOPLE, "mark", NOON)
    [got] = other.got
    told = msgspec.json.decode(got.body)
    assert (told["audience"], [one["add"] for one in told["members"]]) == ("vips", [True, False])
    assert told["members"][1]["member"] == {"user_id": "boris", "email": None, "phone": "+77010000001"}
    expected = signed(SECRET.encode(), "mark", got.body, NOON)
    assert {name: got.headers[name] for name in expected} == expected


GOOD: dict[str, Any] = {
    "kind": "connector",
    "key": "ads",
    "plugin": "webhook",
    "consent": {"channel": "ads", "topic": "ads"},
    "settings": {"url": "https://ads.example/x", "signing_secret": {"secret": "ads"}},
}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"plugin": "fax"}, "plugin"),
        ({"consent": None}, "consent"),
        ({"settings": {"url": "https://ads.example/x", "signing_secret": "open"}}, "settings.signing_secret"),
        ({"settings": {**GOOD["settings"], "private": True}}, "settings.private"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(change: dict[str, object], path: str) -> None:
    assert read_connector(GOOD).topic == "ads"
    with pytest.raises(Malformed) as refused:
        read_connector({**GOOD, **change})
    assert refused.value.path == path
