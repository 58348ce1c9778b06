"""The loop through a provider: a document and its secret, the hand-over on the wire, its webhook, the dead address."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from hourglass import definitions
from hourglass.channels import CHANNEL, fetch
from hourglass.definitions import Kinds
from hourglass.kernel import FixedClock, Settings
from hourglass.messages import find_called, hear
from hourglass.messages.delivery.run import Delivery
from hourglass.plugins.channels.postmark import sender as postmark
from hourglass.secrets import open_vault, put_secret
from tests.channels.scripted_http import Asked, Provider, Told, provider
from tests.messages.shop import NOW, SHOP, Shop, until
from tests.plugins.channels.webhook_calls import call, recorded

DOCUMENT = {
    "kind": "channel", "key": "post", "plugin": "postmark",
    "settings": {"server_token": {"secret": "token"}, "webhook_password": {"secret": "password"},
                 "sender": "Shop <shop@shop.example>"},
}  # fmt: skip


def answer(asked: Asked) -> Told:
    ok = [{"ErrorCode": 0, "Message": "OK", "MessageID": f"pm-{one['To']}", "To": one["To"]} for one in asked.json()]
    return Told(body=ok) if asked.headers["x-postmark-server-token"] == "hunter2" else Told(status=401)


@pytest.fixture
async def post(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Provider]:
    async with provider(answer) as playing:
        monkeypatch.setattr(postmark, "ENDPOINT", playing.url)
        yield playing


async def test_a_message_goes_by_its_document_and_its_bounce_comes_back(
    shop: Shop, data: Path, clock: FixedClock, post: Provider
) -> None:
    settings, stop = Settings(data=data), asyncio.Event()
    vault = open_vault(settings)
    with shop.database.transaction() as tx:
        definitions.put(tx, SHOP, DOCUMENT, kinds=Kinds([CHANNEL]), author="test", now=NOW)
        put_secret(tx, vault, SHOP, "password", "password", author="test", now=NOW)
    ids = [shop.queue(shop.person(f"p{number}@customers.example")) for number in range(3)]
    working = asyncio.create_task(Delivery(shop.database, clock, settings).run(stop))
    # Nobody can carry them before the secret is set.
    await until(lambda: {shop.message(id_)["reason"] for id_ in ids} == {"no_provider"})
    with shop.database.transaction() as tx:
        put_secret(tx, vault, SHOP, "token", "hunter2", author="test", now=NOW)
    clock.advance(timedelta(minutes=5))
    await until(lambda: shop.states() == {"sent": 3}, 30)
    stop.set()
    await asyncio.wait_for(working, 20)
    assert len(post.asked) >= 1
    assert {shop.message(id_)["provider_id"] for id_ in ids} == {f"pm-p{n}@customers.example" for n in range(3)}
    told = call("postmark", recorded("postmark")["bounced-permanent"], f"1-{ids[1]}")
    with shop.database.transaction() as tx:
        called = find_called(tx, SHOP, "post", vault, fetch)
    heard = await called.listener.read(told)
    with shop.database.transaction() as tx:
        hear(tx, SHOP, called.channel, heard.feedback, clock.now(), 4)
    bounced = [event for event in shop.events() if event["event"] == "Message Bounced"]
    assert [event["properties"]["message_id"] for event in bounced] == [ids[1]]
