from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
from litestar import Litestar
from litestar.di import Provide
from litestar.testing import AsyncTestClient

from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.kernel import FixedClock, Settings
from hourglass.messages import TOPIC, Purpose, load_signer, tell_hits
from hourglass.postgres import Database
from hourglass.web.tracking.api import tracking_handlers
from tests.messages.shop import HELLO, NOW, SHOP, Shop

Client = AsyncTestClient[Litestar]


@pytest.fixture
def shop(database: Database) -> Shop:
    return Shop(database)


@pytest.fixture
async def client(shop: Shop, data: Path) -> AsyncIterator[Client]:
    parts = {"database": shop.database, "clock": FixedClock(NOW), "settings": Settings(data=data)}
    async with AsyncTestClient(_application(parts)) as client:
        yield client


def _application(parts: dict[str, Any]) -> Litestar:
    def provide(part: Any) -> Provide:
        return Provide(lambda: part, sync_to_thread=False)

    provided = {name: provide(part) for name, part in parts.items()}
    return Litestar(route_handlers=tracking_handlers(), dependencies=provided)


def token(data: Path, purpose: Purpose, message: int, target: str = "") -> str:
    return load_signer(data).sign(purpose, 1, message, target)


def judged(shop: Shop) -> list[dict[str, Any]]:
    """The events, once the hits have waited long enough to be judged."""
    with shop.database.transaction() as tx:
        tell_hits(tx, NOW + timedelta(minutes=1), 4)
    return shop.events()


def standing(shop: Shop, person: int) -> dict[str, bool]:
    rows = shop.run("SELECT topic, granted FROM consents WHERE profile_id = %(id)s ORDER BY id", id=person)
    return dict(rows)  # type: ignore[arg-type]


async def test_the_pixel_is_a_picture_and_tells_of_an_open(shop: Shop, client: Client, data: Path) -> None:
    id_ = shop.queue(shop.person())
    answer = await client.get(f"/t/o/{token(data, Purpose.OPEN, id_)}.gif", headers={"User-Agent": "Mail/1"})
    assert answer.content.startswith(b"GIF89a")
    assert answer.headers["content-type"] == "image/gif"
    assert "no-store" in answer.headers["cache-control"]
    [event] = judged(shop)
    assert (event["event"], event["properties"]["message_id"]) == ("Message Opened", id_)
    assert (event["context"]["userAgent"], event["properties"]["by"]) == ("Mail/1", "human")


async def test_the_pixel_comes_whatever_is_asked(shop: Shop, client: Client, data: Path) -> None:
    for name in ("nonsense.gif", f"{token(data, Purpose.OPEN, 999)}.gif", f"{token(data, Purpose.CLICK, 1)}.gif"):
        assert (await client.get(f"/t/o/{name}")).status_code == 200
    assert judged(shop) == []


async def test_a_link_leads_where_it_was_signed_to_and_tells_of_the_click(
    shop: Shop, client: Client, data: Path
) -> None:
    id_ = shop.queue(shop.person())
    target = "https://shop.example/cart?a=1&b=ü#top"
    answer = await client.get(f"/t/c/{token(data, Purpose.CLICK, id_, target)}", follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"].startswith("https://shop.example/cart?a=1&b=")
    [event] = judged(shop)
    assert (event["event"], event["properties"]["url"]) == ("Message Clicked", target)


async def test_looking_without_going_is_a_machines_click(shop: Shop, client: Client, data: Path) -> None:
    id_ = shop.queue(shop.person())
    signed = token(data, Purpose.CLICK, id_, "https://shop.example/")
    assert (await client.head(f"/t/c/{signed}", follow_redirects=False)).status_code == 302
    [event] = judged(shop)
    assert event["properties"]["by"] == "scanner"


async def test_a_browser_that_only_looks_ahead_is_no_person(shop: Shop, client: Client, data: Path) -> None:
    signed = token(data, Purpose.CLICK, shop.queue(shop.person()), "https://shop.example/")
    await client.get(f"/t/c/{signed}", headers={"Sec-Purpose": "prefetch;prerender"}, follow_redirects=False)
    assert [event["properties"]["by"] for event in judged(shop)] == ["scanner"]


async def test_behind_a_reverse_proxy_the_address_is_the_customers(shop: Shop, data: Path) -> None:
    parts = {"database": shop.database, "clock": FixedClock(NOW), "settings": Settings(data=data)}
    application = _application(parts)
    for here, told in (("127.0.0.1", "92.46.1.7"), ("203.0.113.9", "203.0.113.9")):
        transport = httpx.ASGITransport(cast("Any", application), client=(here, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://m.shop.example") as client:
            name = token(data, Purpose.OPEN, shop.queue(shop.person(f"{here}@customers.example")))
            await client.get(f"/t/o/{name}.gif", headers={"X-Forwarded-For": "10.0.0.1, 92.46.1.7"})
        assert judged(shop)[-1]["context"]["ip"] == told


async def test_the_link_that_no_person_sees_leads_nowhere(shop: Shop, client: Client, data: Path) -> None:
    id_ = shop.queue(shop.person())
    answer = await client.get(f"/t/c/{token(data, Purpose.CLICK, id_)}", follow_redirects=False)
    assert (answer.status_code, "location" in answer.headers) == (404, False)
    assert [event["properties"]["by"] for event in judged(shop)] == ["scanner"]


async def test_nobody_else_can_make_us_redirect(shop: Shop, client: Client, data: Path) -> None:
    id_ = shop.queue(shop.person())
    good = token(data, Purpose.CLICK, id_, "https://shop.example/")
    forged = [good[:-4] + "AAAA", "x", token(data, Purpose.UNSUBSCRIBE, id_), "https://evil.example", "//evil.example"]
    for signed in forged:
        answer = await client.get(f"/t/c/{signed}", follow_redirects=False)
        assert answer.status_code == 404
        assert "location" not in answer.headers
    assert judged(shop) == []


async def test_a_link_still_works_when_the_message_was_erased(client: Client, data: Path) -> None:
    answer = await client.get(
        f"/t/c/{token(data, Purpose.CLICK, 999, 'https://shop.example/')}", follow_redirects=False
    )
    assert answer.status_code == 302


async def test_customers_reach_the_shop_even_while_the_database_is_away(data: Path) -> None:
    parts = {
        "database": Database("postgresql://127.0.0.1:1/none"),
        "clock": FixedClock(NOW),
        "settings": Settings(data=data),
    }
    async with AsyncTestClient(_application(parts)) as client:
        answer = await client.get(
            f"/t/c/{token(data, Purpose.CLICK, 1, 'https://shop.example/')}", follow_redirects=False
        )
        assert answer.status_code == 302
        assert (await client.get(f"/t/o/{token(data, Purpose.OPEN, 1)}.gif")).status_code == 200


async def test_looking_at_unsubscribe_changes_nothing(shop: Shop, client: Client, data: Path) -> None:
    anna = shop.person()
    signed = token(data, Purpose.UNSUBSCRIBE, shop.queue(anna))
    answer = await client.get(f"/u/{signed}")
    assert answer.status_code == 200
    assert "Unsubscribe?" in answer.text
    assert standing(shop, anna) == {"news": True}
    assert shop.events() == []


async def test_one_click_unsubscribes_at_once_with_proof(shop: Shop, client: Client, data: Path) -> None:
    anna = shop.person()
    id_ = shop.queue(anna)
    answer = await client.post(
        f"/u/{token(data, Purpose.UNSUBSCRIBE, id_)}",
        content="List-Unsubscribe=One-Click",
        headers={"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Mailbox/9"},
    )
    assert answer.status_code == 200
    [(granted, source, proof, agent)] = shop.run(
        "SELECT granted, source, proof, user_agent FROM consents WHERE NOT granted"
    )
    assert (granted, source) == (False, "one_click")
    assert proof["message_id"] == id_
    assert agent == "Mailbox/9"
    [event] = shop.events()
    assert (event["event"], event["properties"]["topic"], event["properties"]["channel"]) == (
        "Unsubscribed",
        "news",
        "email",
    )


async def test_one_click_works_as_a_multipart_form_too(shop: Shop, client: Client, data: Path) -> None:
    anna = shop.person()
    signed = token(data, Purpose.UNSUBSCRIBE, shop.queue(anna))
    await client.post(f"/u/{signed}", files={"List-Unsubscribe": (None, "One-Click")})
    assert standing(shop, anna) == {"news": False}


async def test_the_buttons_of_the_page(shop: Shop, client: Client, data: Path) -> None:
    anna = shop.person()
    shop.consent(anna, "offers", granted=True)
    address = f"/u/{token(data, Purpose.UNSUBSCRIBE, shop.queue(anna))}"
    done = await client.post(address, data={"do": "unsubscribe"})
    assert "You are unsubscribed" in done.text
    assert standing(shop, anna) == {"news": False, "offers": True}
    assert "unsubscribed already" in (await client.get(address)).text
    back = await client.post(address, data={"do": "subscribe"})
    assert "subscribed again" in back.text
    assert standing(shop, anna) == {"news": True, "offers": True}
    await client.post(address, data={"do": "everything"})
    assert standing(shop, anna) == {"news": False, "offers": False, "*": False}
    assert [event["event"] for event in shop.events()] == ["Unsubscribed", "Subscribed", "Unsubscribed"]


async def test_a_forged_or_forgotten_token_unsubscribes_nobody(shop: Shop, client: Client, data: Path) -> None:
    anna = shop.person()
    id_ = shop.queue(anna)
    for signed, status in (
        (token(data, Purpose.OPEN, id_), 404),
        ("x", 404),
        (token(data, Purpose.UNSUBSCRIBE, 999), 410),
    ):
        assert (await client.get(f"/u/{signed}")).status_code == status
        assert (await client.post(f"/u/{signed}")).status_code == status
    assert standing(shop, anna) == {"news": True}


async def test_the_page_speaks_the_persons_language_and_names_the_topic(shop: Shop, client: Client, data: Path) -> None:
    document: dict[str, Any] = {
        "kind": "topic",
        "key": "news",
        "name": "Newsletter",
        "locales": {"ru": {"name": "Новости"}},
    }
    with shop.database.transaction() as tx:
        definitions.put(tx, SHOP, document, kinds=Kinds([TOPIC]), author="test", now=NOW)
    russian = await client.get(f"/u/{token(data, Purpose.UNSUBSCRIBE, shop.queue(shop.person(locale='ru-RU')))}")
    assert "Отписаться?" in russian.text
    assert "«Новости»" in russian.text
    english = await client.get(f"/u/{token(data, Purpose.UNSUBSCRIBE, shop.queue(shop.person(locale='de')))}")
    assert "“Newsletter”" in english.text


async def test_the_page_shows_no_whole_address_and_runs_nothing(shop: Shop, client: Client, data: Path) -> None:
    shop.run("UPDATE workspaces SET name = '<script>alert(1)</script>'")
    id_ = shop.queue(shop.person())
    shop.run("UPDATE messages SET address = 'anna@customers.example'")
    answer = await client.get(f"/u/{token(data, Purpose.UNSUBSCRIBE, id_)}")
    assert "anna@" not in answer.text
    assert "an•••@customers.example" in answer.text
    assert "<script>" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_a_message_can_be_seen_in_the_browser(shop: Shop, client: Client, data: Path) -> None:
    shop.template({**HELLO, "html": "<p>Hi {{ profile.firstName }}</p><a href='https://shop.example'>x</a>"})
    id_ = shop.queue(shop.person(firstName="<b>Anna"))
    answer = await client.get(f"/v/{token(data, Purpose.VIEW, id_)}")
    assert "<p>Hi &lt;b&gt;Anna</p>" in answer.text
    assert "/t/c/" in answer.text
    assert "sandbox" in answer.headers["content-security-policy"]
    assert (await client.get(f"/v/{token(data, Purpose.VIEW, 999)}")).status_code == 410
    assert (await client.get("/v/x", headers={"Accept-Language": "ru-RU,en"})).text.count("Ссылка не работает") == 2
