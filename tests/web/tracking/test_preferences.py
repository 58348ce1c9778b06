from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from litestar import Litestar
from litestar.di import Provide
from litestar.testing import AsyncTestClient

from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.kernel import FixedClock, Settings
from hourglass.messages import TOPIC, Purpose, load_signer
from hourglass.messages.letters.confirmation import ask_for_confirmations
from hourglass.postgres import Database
from hourglass.web.tracking.api import tracking_handlers
from tests.messages.shop import NOW, SHOP, Shop, days

Client = AsyncTestClient[Litestar]


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
async def client(shop: Shop, clock: FixedClock, data: Path) -> AsyncIterator[Client]:
    parts = {"database": shop.database, "clock": clock, "settings": Settings(data=data)}

    def provide(part: Any) -> Provide:
        return Provide(lambda: part, sync_to_thread=False)

    provided = {name: provide(part) for name, part in parts.items()}
    async with AsyncTestClient(Litestar(route_handlers=tracking_handlers(), dependencies=provided)) as client:
        yield client


def topic(shop: Shop, key: str, **body: Any) -> None:
    with shop.database.transaction() as tx:
        document = {"kind": "topic", "key": key, **body}
        definitions.put(tx, SHOP, document, kinds=Kinds([TOPIC]), author="test", now=NOW)


def page_of(shop: Shop, data: Path, person: int) -> str:
    return f"/p/{load_signer(data).sign(Purpose.PREFERENCES, 1, shop.queue(person))}"


def standing(shop: Shop, person: int) -> dict[str, bool]:
    rows = shop.run(
        "SELECT DISTINCT ON (channel, topic) channel || ':' || topic, granted FROM consents WHERE profile_id = %(id)s"
        " ORDER BY channel, topic, at DESC, id DESC",
        id=person,
    )
    return dict(rows)  # type: ignore[arg-type]


def checked(text: str) -> set[str]:
    return set(re.findall(r'name="wanted" value="([^"]+)" checked', text))


async def test_the_page_shows_what_a_person_has_and_changes_nothing(shop: Shop, client: Client, data: Path) -> None:
    topic(shop, "news", name="Newsletter", description="What is new")
    topic(shop, "offers", name="Offers")
    topic(shop, "secret", name="Staff", hidden=True)
    topic(shop, "alerts", name="Alerts", channels=["sms"])
    anna = shop.person()
    answer = await client.get(page_of(shop, data, anna))
    assert answer.status_code == 200
    assert checked(answer.text) == {"email:news"}
    assert "What is new" in answer.text
    assert "an•••@customers.example" in answer.text
    assert "Staff" not in answer.text
    assert "Alerts" not in answer.text, "no number is known"
    assert "script" not in answer.text
    assert shop.events() == []


async def test_what_is_chosen_counts_at_once_with_proof_and_is_told(shop: Shop, client: Client, data: Path) -> None:
    topic(shop, "news", name="Newsletter")
    topic(shop, "offers", name="Offers")
    anna = shop.person()
    address = page_of(shop, data, anna)
    form = {"do": "save", "shown": ["email:news", "email:offers"], "wanted": ["email:offers"], "locale": "ru"}
    answer = await client.post(address, data=form, headers={"User-Agent": "Browser/1"})
    assert "Сохранено" in answer.text
    assert checked(answer.text) == {"email:offers"}
    assert standing(shop, anna) == {"email:news": False, "email:offers": True}
    lines = shop.run("SELECT source, user_agent, proof FROM consents WHERE source = 'preferences'")
    assert lines == [("preferences", "Browser/1", {"way": "preferences"})] * 2
    told = [(event.get("event"), event.get("properties"), event.get("traits")) for event in shop.events()]
    assert told == [
        ("Unsubscribed", {"channel": "email", "topic": "news", "source": "preferences"}, None),
        ("Subscribed", {"channel": "email", "topic": "offers", "source": "preferences"}, None),
        (None, None, {"locale": "ru"}),
    ]
    again = await client.post(address, data=form)
    assert again.status_code == 200
    assert len(shop.run("SELECT id FROM consents")) == 3, "nothing new was said"


async def test_topics_that_were_not_shown_stay_as_they_are(shop: Shop, client: Client, data: Path) -> None:
    topic(shop, "news", name="Newsletter")
    anna = shop.person()
    await client.post(page_of(shop, data, anna), data={"do": "save"})
    await client.post(page_of(shop, data, anna), data={"do": "save", "wanted": ["email:vip", "nonsense", ":"]})
    assert standing(shop, anna) == {"email:news": True}


async def test_a_break_and_fewer_messages(shop: Shop, client: Client, clock: FixedClock, data: Path) -> None:
    anna = shop.person()
    address = page_of(shop, data, anna)
    paused = await client.post(address, data={"do": "pause"})
    assert "until 1\u00a0April 2026" in paused.text
    await client.post(address, data={"do": "save", "fewer": "1"})
    await client.post(address, data={"do": "save", "fewer": "1"})
    assert [row[0] for row in shop.run("SELECT wish FROM wishes ORDER BY id")] == ["pause", "fewer"]
    assert "until 1\u00a0April" in (await client.get(address)).text
    assert "The break is over" in (await client.post(address, data={"do": "resume"})).text
    clock.advance(timedelta(seconds=1))
    assert "until 1\u00a0April" not in (await client.get(address)).text
    assert 'name="fewer" value="1" checked' in (await client.get(address)).text


async def test_the_way_out_of_everything(shop: Shop, client: Client, data: Path) -> None:
    topic(shop, "news", name="Newsletter")
    anna = shop.person()
    shop.run("INSERT INTO consents (workspace_id, profile_id, channel, topic, granted, at, source)"
             " VALUES (1, %(id)s, 'sms', 'news', true, %(now)s, 'x')", id=anna, now=NOW)  # fmt: skip
    address = page_of(shop, data, anna)
    answer = await client.post(address, data={"do": "everything"})
    assert "You are unsubscribed" in answer.text
    assert address in answer.text
    assert set(standing(shop, anna).values()) == {False}
    assert {"sms:news", "email:news", "email:*", "sms:*"} <= standing(shop, anna).keys()
    assert checked((await client.get(address)).text) == set()


async def test_the_shop_can_link_there_for_a_person(shop: Shop, client: Client, data: Path) -> None:
    topic(shop, "news", name="Newsletter")
    anna = shop.person()
    signer = load_signer(data)
    answer = await client.get(f"/p/{signer.sign(Purpose.PERSON, 1, anna)}")
    assert checked(answer.text) == {"email:news"}
    for signed, status in (
        ("x", 404),
        (signer.sign(Purpose.OPEN, 1, anna), 404),
        (signer.sign(Purpose.PERSON, 1, 99), 410),
    ):
        assert (await client.get(f"/p/{signed}")).status_code == status
        assert (await client.post(f"/p/{signed}", data={"do": "everything"})).status_code == status
    assert standing(shop, anna) == {"email:news": True}


async def test_hostile_names_stay_text(shop: Shop, client: Client, data: Path) -> None:
    shop.run("UPDATE workspaces SET name = '<script>alert(1)</script>'")
    topic(shop, "news", name="<img src=x onerror=alert(1)>", description='"><script>x</script>', channels=["email"])
    answer = await client.get(page_of(shop, data, shop.person(email="\"'<b>@customers.example")))
    assert "<script" not in answer.text
    assert "<img" not in answer.text
    assert "<b>@" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def asked(shop: Shop, data: Path, **body: Any) -> tuple[int, str]:
    """Somebody asked for news that must be confirmed; their number and the link of the message."""
    topic(shop, "news", name="Newsletter", confirm=True, **body)
    anna = shop.person(consent=None)
    shop.run(
        "INSERT INTO consent_requests (workspace_id, identity_id, channel, topic, at, expires_at, source, told)"
        " SELECT 1, id, 'email', 'news', %(now)s, %(until)s, 'footer', 'Write to me' FROM identities",
        now=NOW, until=NOW + days(7),
    )  # fmt: skip
    assert await ask_for_confirmations(shop.database, NOW) == 1
    assert await ask_for_confirmations(shop.database, NOW) == 0
    [(message, kind)] = shop.run("SELECT id, class FROM messages")
    assert kind == "transactional"
    return anna, f"/c/{load_signer(data).sign(Purpose.CONFIRM, 1, message)}"


async def test_a_confirmation_acts_by_its_button_only(shop: Shop, client: Client, data: Path) -> None:
    anna, address = await asked(shop, data)
    for _ in range(3):  # a scanner
        assert "Confirm your subscription" in (await client.get(address)).text
    assert (await client.head(address)).status_code == 405
    assert standing(shop, anna) == {}
    answer = await client.post(address, headers={"User-Agent": "Browser/1"})
    assert "You are subscribed" in answer.text
    assert standing(shop, anna) == {"email:news": True}
    [(told, source, proof)] = shop.run("SELECT told, source, proof FROM consents")
    assert (told, source) == ("Write to me", "footer")
    assert proof["confirmed"]["user_agent"] == "Browser/1"
    again = await client.post(address)
    assert "You are subscribed" in again.text
    assert len(shop.events()) == 1


async def test_a_confirmation_expires_and_cannot_be_forged(
    shop: Shop, client: Client, clock: FixedClock, data: Path
) -> None:
    anna, address = await asked(shop, data)
    other = load_signer(data).sign(Purpose.CONFIRM, 1, shop.queue(anna))
    assert (await client.post(f"/c/{other}")).status_code == 410, "a message that asks for nothing"
    assert (await client.post(address.replace("/c/", "/c/A"))).status_code == 404
    clock.advance(days(7))
    assert "has expired" in (await client.get(address)).text
    assert "has expired" in (await client.post(address)).text
    assert standing(shop, anna) == {}


async def test_a_yes_on_the_channel_of_the_link_needs_no_second_one(shop: Shop, client: Client, data: Path) -> None:
    topic(shop, "news", name="Newsletter", confirm=True, channels=["email"])
    anna = shop.person(consent=None)
    form = {"do": "save", "shown": "email:news", "wanted": "email:news"}
    by_the_shop = f"/p/{load_signer(data).sign(Purpose.PERSON, 1, anna)}"
    answer = await client.post(by_the_shop, data=form)
    assert "waits for your confirmation" in answer.text
    assert standing(shop, anna) == {}
    await client.post(page_of(shop, data, anna), data=form)
    assert standing(shop, anna) == {"email:news": True}
