"""Consents, suppressions, the reason of a message and the link to preferences, as a program asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.journeys import JOURNEY
from hourglass.kernel import FixedClock, Settings
from hourglass.messages import TOPIC
from hourglass.messages.api import SuppressionsController, explain, preferences_link
from hourglass.profiles.api import PeopleController
from tests.messages.shop import NOW, SHOP, Shop
from tests.web.admin.asking import asking

HANDLERS: list[Any] = [PeopleController, SuppressionsController, explain, preferences_link]


@pytest.fixture
def client(shop: Shop, clock: FixedClock, data: Path) -> Iterator[TestClient[Any]]:
    with asking(shop.database, HANDLERS, clock=clock, settings=Settings(data=data)) as found:
        yield found


def save(shop: Shop, document: dict[str, Any]) -> None:
    with shop.database.transaction() as tx:
        definitions.put(tx, SHOP, document, kinds=Kinds([TOPIC, JOURNEY]), author="test", now=NOW)


def test_a_consent_is_written_with_its_proof_and_shown(shop: Shop, client: TestClient[Any]) -> None:
    anna = shop.person(consent=None)
    place = f"/api/people/{anna}/consents"
    said = {"channel": "email", "topic": "news", "granted": True, "source": "phone call", "text": "May we write?",
            "form": "script-2"}  # fmt: skip
    assert client.post(place, json=said).json() == {"state": "granted"}
    assert client.post(place, json=said | {"granted": False}).json() == {"state": "withdrawn"}
    shown = client.get(place).json()
    assert [line["granted"] for line in shown["ledger"]] == [False, True]
    assert (shown["ledger"][1]["told"], shown["ledger"][1]["form"]) == ("May we write?", "script-2")
    assert shown["ledger"][1]["proof"]["written_by"]
    assert [(one["topic"], one["granted"]) for one in shown["current"]] == [("news", False)]
    timeline = client.get(f"/api/people/{anna}/timeline").json()["items"]
    assert timeline[0]["detail"]["text"] == "May we write?"


def test_a_strict_topic_waits_unless_the_shop_vouches(shop: Shop, client: TestClient[Any]) -> None:
    save(shop, {"kind": "topic", "key": "news", "confirm": True})
    anna = shop.person(consent=None)
    place = f"/api/people/{anna}/consents"
    said = {"channel": "email", "topic": "news", "granted": True, "source": "till"}
    assert client.post(place, json=said).json() == {"state": "pending"}
    shown = client.get(place).json()
    assert (shown["current"], len(shown["requests"])) == ([], 1)
    assert client.post(place, json=said | {"confirmed": True}).json() == {"state": "granted"}


@pytest.mark.parametrize("wrong", [{"channel": ""}, {"granted": "yes"}, {"colour": 1}, {"text": "x" * 10_001}])
def test_a_wrong_consent_is_refused(shop: Shop, client: TestClient[Any], wrong: dict[str, Any]) -> None:
    said = {"channel": "email", "topic": "news", "granted": True, "source": "till"}
    answer = client.post(f"/api/people/{shop.person()}/consents", json=said | wrong)
    assert answer.status_code == 400
    assert answer.json()["error"]


def test_the_suppression_list_over_http(client: TestClient[Any]) -> None:
    added = client.post("/api/suppressions", json={"addresses": ["a@c.example", "b@c.example", "?"], "reason": "asked"})
    assert added.json() == {"added": 2, "known": 0, "wrong": 1, "examples": ["?"]}
    listed = client.get("/api/suppressions", params={"search": "a@"}).json()
    assert [one["address"] for one in listed["suppressions"]] == ["a@c.example"]
    gone = {"address": "a@c.example", "reason": "came back"}
    assert client.post("/api/suppressions/remove", json=gone).json() == {"removed": True}
    assert client.post("/api/suppressions/remove", json=gone).status_code == 404
    changes = client.get("/api/suppressions/changes").json()["changes"]
    assert [one["action"] for one in changes] == ["removed", "added", "added"]


def test_why_over_http(shop: Shop, client: TestClient[Any]) -> None:
    save(shop, {"kind": "journey", "key": "cart", "entry": {"event": "Product Added"}, "steps": [{"wait": "1h"}]})
    anna = shop.person()
    answer = client.get("/api/messages/why", params={"person": f"u{anna}", "journey": "cart"}).json()
    assert answer["person"] == anna
    assert "never came" in answer["summary"]["en"]
    for params in ({"person": "x", "journey": "cart"}, {"person": f"u{anna}", "campaign": "none"}):
        assert client.get("/api/messages/why", params=params).status_code == 404
    assert client.get("/api/messages/why", params={"person": f"u{anna}"}).status_code == 400


def test_a_link_to_preferences_is_made_for_a_person(shop: Shop, client: TestClient[Any]) -> None:
    answer = client.get("/api/messages/preferences-link", params={"person": shop.person()}).json()
    assert "/p/" in answer["url"]
    assert client.get("/api/messages/preferences-link", params={"person": 999}).status_code == 404
