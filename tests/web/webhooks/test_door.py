"""The door as a provider knocks at it: a real database, a signed call, events in the log before the answer."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide
from litestar.testing import AsyncTestClient

from hourglass import definitions
from hourglass.channels import CHANNEL, Call
from hourglass.definitions import Kinds
from hourglass.events import Event, decode, envelope
from hourglass.kernel import FixedClock, Settings, SystemClock
from hourglass.messages import apply_feedback
from hourglass.postgres import Database
from hourglass.secrets import open_vault, put_secret
from hourglass.web.refusals import REFUSALS
from hourglass.web.webhooks.api import webhook_handlers
from tests.messages.shop import NOW, SHOP, Shop
from tests.plugins.channels.webhook_calls import SETTINGS, VENDORS, Amazon, call, recorded

Client = AsyncTestClient[Litestar]
SECRET = {"secret_access_key", "api_key", "server_token", "webhook_password"}
ANNA = "anna@customers.example"


@pytest.fixture
def shop(database: Database, data: Path) -> Shop:
    shop = Shop(database)
    for vendor in VENDORS:
        _channel(shop, data, vendor)
    return shop


@pytest.fixture
async def client(shop: Shop, data: Path) -> AsyncIterator[Client]:
    parts = {"database": shop.database, "clock": FixedClock(NOW), "settings": Settings(data=data)}
    given = {name: _provide(part) for name, part in parts.items()}
    handlers = webhook_handlers(Amazon().fetch)
    application = Litestar(handlers, dependencies=given, exception_handlers=dict(REFUSALS))
    async with AsyncTestClient(application) as client:
        yield client


def _provide(part: Any) -> Provide:
    return Provide(lambda: part, sync_to_thread=False)


def _channel(shop: Shop, data: Path, vendor: str) -> None:
    secret = SECRET | ({"webhook_key"} if vendor == "mailgun" else set())
    settings: dict[str, Any] = {}
    with shop.database.transaction() as tx:
        for name, text in SETTINGS[vendor].items():
            settings[name] = text
            if name in secret:
                key = f"{vendor}.{name}".replace("_", "-")
                settings[name] = {"secret": key}
                put_secret(tx, open_vault(Settings(data=data)), SHOP, key, text, author="test", now=NOW)
        document = {"kind": "channel", "key": vendor, "plugin": vendor, "settings": settings}
        definitions.put(tx, SHOP, document, kinds=Kinds([CHANNEL]), author="test", now=NOW)


def sent(shop: Shop) -> int:
    id_ = shop.queue(shop.person(ANNA))
    shop.run(
        "UPDATE messages SET state = 'sent', sent_at = %(now)s, address = %(a)s WHERE id = %(id)s",
        id=id_,
        now=NOW,
        a=ANNA,
    )
    return id_


async def post(client: Client, vendor: str, told: Call) -> httpx.Response:
    return await client.post(f"/webhooks/default/{vendor}", content=told.body, headers=dict(told.headers))


async def tell(client: Client, vendor: str, name: str, id_: int) -> httpx.Response:
    told = call(vendor, recorded(vendor)[name], f"1-{id_}", SystemClock().now())
    return await post(client, vendor, told)


def processed(shop: Shop) -> None:
    """What the engine does with the events of the log."""
    events: list[Event] = []
    for body in shop.events():
        made, _ = decode(b"[" + envelope("track", body) + b"]", NOW, NOW)
        events += made
    with shop.database.transaction() as tx:
        apply_feedback(events, _Nobody(), tx)


class _Nobody:
    profile_ids: tuple[int, ...] = ()


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_dead_address_is_suppressed(shop: Shop, client: Client, vendor: str) -> None:
    id_ = sent(shop)
    answer = await tell(client, vendor, "bounced-permanent", id_)
    assert (answer.status_code, answer.json()["events"]) == (200, 1)
    [event] = shop.events()
    assert (event["event"], event["properties"]["permanent"]) == ("Message Bounced", True)
    processed(shop)
    assert shop.run("SELECT address, reason FROM suppressions") == [(ANNA, "bounced")]


@pytest.mark.parametrize("vendor", ["amazon_ses", "mailgun", "postmark"])
async def test_a_complaint_is_suppressed(shop: Shop, client: Client, vendor: str) -> None:
    id_ = sent(shop)
    await tell(client, vendor, "complained", id_)
    processed(shop)
    assert shop.run("SELECT address, reason FROM suppressions") == [(ANNA, "complained")]


@pytest.mark.parametrize(
    ("vendor", "name"),
    [("mailgun", "unsubscribed"), ("postmark", "unsubscribed"), ("unisender_go", "unsubscribed"),
     ("sendgrid", "unsubscribed-dropped")],
)  # fmt: skip
async def test_a_no_counts_at_once_and_once(shop: Shop, client: Client, vendor: str, name: str) -> None:
    id_ = sent(shop)
    for _ in range(2):
        assert (await tell(client, vendor, name, id_)).status_code == 200
    said = shop.run("SELECT granted, source FROM consents WHERE source <> 'test' ORDER BY id")
    assert said == [(False, "provider")]
    assert [event["event"] for event in shop.events()] == ["Unsubscribed"]


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_repeat_is_the_same_event(shop: Shop, client: Client, vendor: str) -> None:
    id_ = sent(shop)
    told = call(vendor, recorded(vendor)["delivered"], f"1-{id_}", SystemClock().now())
    for _ in range(2):
        assert (await post(client, vendor, told)).status_code == 200
    assert len({event["messageId"] for event in shop.events()}) == 1
    processed(shop)
    assert shop.message(id_)["delivered_at"] is not None


async def test_a_token_of_mailgun_is_good_for_one_body(shop: Shop, client: Client) -> None:
    one, other = sent(shop), sent_to(shop, "b@customers.example")
    told = call("mailgun", recorded("mailgun")["complained"], f"1-{one}", SystemClock().now())
    assert (await post(client, "mailgun", told)).status_code == 200
    forged = Call(headers={}, body=told.body.replace(f"1-{one}".encode(), f"1-{other}".encode()), now=told.now)
    answer = await post(client, "mailgun", forged)
    assert answer.status_code == 401
    assert [event["properties"]["message_id"] for event in shop.events()] == [one]


def sent_to(shop: Shop, email: str) -> int:
    return shop.queue(shop.person(email))


async def test_messages_of_another_workspace_or_channel_are_none_of_its_business(shop: Shop, client: Client) -> None:
    id_ = sent(shop)
    shop.run("UPDATE messages SET channel = 'sms' WHERE id = %(id)s", id=id_)
    for reference in (f"2-{id_}", f"1-{id_}", "1-999999"):
        told = call("postmark", recorded("postmark")["complained"], reference, SystemClock().now())
        answer = await post(client, "postmark", told)
        assert (answer.status_code, answer.json()["events"]) == (200, 0)
    assert shop.events() == []


@pytest.mark.parametrize("vendor", VENDORS)
async def test_a_forged_call_changes_nothing(shop: Shop, client: Client, vendor: str) -> None:
    id_ = sent(shop)
    told = call(vendor, recorded(vendor)["bounced-permanent"], f"1-{id_}", SystemClock().now())
    body = told.body.replace(b'"signature": "', b'"signature": "0') if vendor == "mailgun" else told.body + b" "
    headers = {} if vendor == "postmark" else dict(told.headers)
    body = body.replace(b"Bounce", b"bounce") if vendor == "amazon_ses" else body
    answer = await client.post(f"/webhooks/default/{vendor}", content=body, headers=headers)
    assert answer.status_code == 401
    assert shop.events() == []


async def test_who_knocks_at_no_channel_hears_so(client: Client) -> None:
    assert (await client.post("/webhooks/default/nobody", content=b"{}")).status_code == 404
    assert (await client.post("/webhooks/nowhere/postmark", content=b"{}")).status_code == 404
    assert (await client.get("/webhooks/default/unisender_go")).status_code == 200


async def test_a_signed_call_that_is_nonsense_is_malformed(shop: Shop, client: Client) -> None:
    told = call("postmark", {"RecordType": 5, "Metadata": 7}, None, SystemClock().now())
    assert (await post(client, "postmark", told)).status_code == 400


async def test_opens_that_a_provider_tells_of_say_who_it_was(shop: Shop, client: Client) -> None:
    id_ = sent(shop)
    for vendor in ("unisender_go", "mailgun"):
        await tell(client, vendor, "opened", id_)
    assert [event["properties"]["by"] for event in shop.events()] == ["proxy", "human"]
