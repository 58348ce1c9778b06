"""In which language a stranger reads a page: their own where we speak it, else the shop's."""

from __future__ import annotations

from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import AsyncTestClient

from hourglass.kernel import Unavailable
from hourglass.messages import Purpose, load_signer
from hourglass.web.pages import page_handlers
from hourglass.web.tracking import api
from tests.messages.shop import Shop
from tests.web.tracking.test_preferences import client, clock, page_of, shop, standing, topic

Client = AsyncTestClient[Litestar]
__all__ = ["client", "clock", "shop"]


@pytest.mark.parametrize(
    ("browser", "title"),
    [
        ("ru", "Ссылка не работает"),
        ("kk-KZ,kk;q=0.9,ru;q=0.8,en;q=0.7", "Ссылка не работает"),
        ("sr-RS,sr;q=0.9,en;q=0.5", "This link does not work"),
        ("en;q=0.3, ru-RU", "Ссылка не работает"),
        ("ru;q=0, en;q=0.1", "This link does not work"),
        ("ru;q=much", "This link does not work"),
        ("", "This link does not work"),
    ],
)
async def test_a_broken_link_answers_in_the_language_that_the_browser_likes_best(
    client: Client, browser: str, title: str
) -> None:
    answer = await client.get("/p/nonsense", headers={"Accept-Language": browser})
    assert answer.status_code == 404
    assert f"<h1>{title}</h1>" in answer.text


@pytest.mark.parametrize(
    ("own", "of_the_shop", "spoken"), [("kk-KZ", "ru", "ru"), ("sr", "en", "en"), ("ru_RU", "en", "ru")]
)
async def test_whose_language_we_do_not_speak_reads_that_of_the_shop(
    shop: Shop, client: Client, data: Path, own: str, of_the_shop: str, spoken: str
) -> None:
    shop.run("UPDATE workspaces SET locale = %(locale)s", locale=of_the_shop)
    topic(shop, "news", name="News", locales={"ru": {"name": "Новости"}})
    address = page_of(shop, data, shop.person(locale=own))
    text = (await client.get(address)).text
    assert f'<html lang="{spoken}">' in text
    assert ("Новости" if spoken == "ru" else "News") in text
    unsubscribe = (
        f"/u/{load_signer(data).sign(Purpose.UNSUBSCRIBE, 1, shop.queue(shop.person('b@x.example', locale=own)))}"
    )
    assert f'<html lang="{spoken}">' in (await client.get(unsubscribe)).text


async def test_saving_does_not_change_a_language_that_nobody_touched(shop: Shop, client: Client, data: Path) -> None:
    shop.run("UPDATE workspaces SET locale = 'ru'")
    topic(shop, "news", name="News")
    aigerim = shop.person(locale="kk")
    form = {"do": "save", "shown": "email:news", "locale": "ru"}
    await client.post(page_of(shop, data, aigerim), data=form)
    assert standing(shop, aigerim) == {"email:news": False}
    assert [event["type"] for event in shop.events()] == ["track"]


async def test_a_page_that_cannot_be_shown_says_so_to_people(
    shop: Shop, client: Client, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise Unavailable("PostgreSQL is away.")

    monkeypatch.setattr(api, "find_letter", away)
    address = f"/u/{load_signer(data).sign(Purpose.UNSUBSCRIBE, 1, shop.queue(shop.person()))}"
    answer = await client.get(address, headers={"Accept-Language": "ru"})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "60")
    assert "Попробуйте ещё раз через минуту" in answer.text
    assert "PostgreSQL" not in answer.text


@pytest.mark.parametrize("path", ["/u", "/p/", "/v/", "/c", "/u/half/of/it", "/t/c/x.y"])
async def test_what_is_left_of_a_link_leads_to_a_page_for_people(path: str) -> None:
    async with AsyncTestClient(Litestar(route_handlers=page_handlers())) as browser:
        answer = await browser.get(path)
    assert answer.status_code == 404
    assert "<h1>This link does not work</h1>" in answer.text
