from __future__ import annotations

import hmac
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from hourglass.channels import Outcome, Sender, discover, open_sender
from hourglass.kernel import FixedClock, Malformed, Secret
from hourglass.plugins.channels.webhook.sender import WebhookSender, open_webhook
from hourglass.plugins.channels.webhook.settings import WebhookSettings
from tests.channels.contract import HttpChannelContract, outgoing
from tests.channels.scripted_http import Asked, Provider, Told, provider

CLOCK = FixedClock(datetime(2026, 3, 1, 12, tzinfo=UTC))
SECRET = "a secret of some length"
SETTINGS = WebhookSettings(url="https://hooks.shop.example/in", signing_secret=Secret(SECRET), timeout=2.5)
RESULTS: dict[str, dict[str, Any]] = {
    "later": {"outcome": "refused_temporary", "detail": "queue is full"},
    "spam": {"outcome": "refused_permanent", "detail": "we do not like it"},
    "gone": {"outcome": "refused_permanent", "invalid_address": True},
}


def answer(asked: Asked) -> Told:
    """A server that answers for each message, by the name in the address."""
    assert signed(asked)
    messages = asked.json()["messages"]
    names = {message["id"]: message["address"].partition("@")[0] for message in messages}
    if "silent" in names.values():
        return Told(silent=True)
    return Told(body={"results": [{"id": id_, **RESULTS[name]} for id_, name in names.items() if name in RESULTS]})


def signed(asked: Asked) -> bool:
    """As a receiver checks it: HMAC-SHA256 over id, time and body."""
    told = f"{asked.headers['webhook-id']}.{asked.headers['webhook-timestamp']}.".encode() + asked.body
    wanted = b64encode(hmac.digest(SECRET.encode(), told, "sha256")).decode()
    return asked.headers["webhook-signature"] == f"v1,{wanted}"


def opened(url: str, settings: WebhookSettings = SETTINGS) -> WebhookSender:
    return WebhookSender(settings, CLOCK, private=True, url=url)


@pytest.fixture
async def server() -> AsyncIterator[Provider]:
    async with provider(answer) as playing:
        yield playing


class TestWebhook(HttpChannelContract):
    def opened(self, url: str) -> Sender:
        return opened(url)


async def test_a_repeat_can_be_told_by_its_key(server: Provider) -> None:
    sender = opened(server.url)
    for _ in range(2):
        await sender.send([outgoing("anna@customers.example", 7)])
    await sender.close()
    assert [asked.headers["idempotency-key"] for asked in server.asked] == ["1-7", "1-7"]
    assert server.asked[0].json()["messages"][0]["id"] == "1-7"


async def test_several_go_in_one_call_and_each_is_answered_for(server: Provider) -> None:
    sender = opened(server.url, msgspec.structs.replace(SETTINGS, batch=10))
    receipts = await sender.send(
        [outgoing(f"{name}@x.example", n) for n, name in enumerate(("a", "gone", "later", "b"))]
    )
    await sender.close()
    assert [one.outcome.value for one in receipts] == ["accepted", "refused_permanent", "refused_temporary", "accepted"]
    assert len(server.asked) == 1


async def test_a_plain_yes_is_enough() -> None:
    async with provider(lambda asked: Told(status=204)) as playing:
        sender = opened(playing.url)
        [receipt] = await sender.send([outgoing("anna@customers.example", 7)])
        await sender.close()
    assert (receipt.outcome, receipt.provider_id) == (Outcome.ACCEPTED, "1-7")


async def test_it_never_leads_into_the_own_network(server: Provider) -> None:
    port = server.url.rpartition(":")[2]
    for host in ("127.0.0.1", "localhost", "[::1]", "169.254.169.254", "10.0.0.1"):
        settings = msgspec.structs.replace(SETTINGS, url=f"https://{host}:{port}/")
        [receipt] = await open_webhook(settings).send([outgoing("anna@customers.example")])
        assert receipt.outcome is Outcome.UNREACHABLE
        assert "inside this network" in receipt.detail or "leads nowhere" in receipt.detail
    assert server.connections == 0


async def test_it_follows_no_redirect(server: Provider) -> None:
    async with provider(lambda asked: Told(status=307, headers={"Location": server.url})) as playing:
        sender = opened(playing.url)
        [receipt] = await sender.send([outgoing("anna@customers.example")])
        await sender.close()
    assert receipt.outcome is Outcome.UNREACHABLE
    assert server.asked == []


@pytest.mark.parametrize(
    "change", [{"url": "http://hooks.shop.example"}, {"url": "ftp://x.example"}, {"signing_secret": "short"}]
)
def test_settings_that_cannot_be_are_refused(change: dict[str, str]) -> None:
    told = {"url": "https://hooks.shop.example", "signing_secret": SECRET}
    with pytest.raises(Malformed):
        open_sender(discover()["webhook"], told | change)
