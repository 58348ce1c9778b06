from __future__ import annotations

from pathlib import Path

import pytest

from hourglass.kernel import Settings
from hourglass.messages.preview.api import TemplatesController
from hourglass.messages.preview.page import preview_page
from hourglass.messages.preview.preview import Wish, preview
from hourglass.postgres import find_workspace
from tests.messages.shop import NOW, Shop
from tests.web.admin.asking import asking

LOUD = {"subject": "Act now, {{ profile.firstName }}", "preheader": "New tulips",
        "html": "<p>Hi {{ profile.city }}</p><script>x</script>"}  # fmt: skip


def page(shop: Shop, language: str) -> str:
    with shop.database.transaction() as tx:
        nobody = shop.person(firstName="<Anna>")
        seen = preview(tx, find_workspace(tx), Wish(document=LOUD, profile_id=nobody), "https://s.example", NOW).preview
    return preview_page(seen, "Spring", language)


@pytest.mark.parametrize(("language", "words"), [
    ("en", ("On a phone · 375 px", "On a computer · 700 px", "Nothing is known for “profile.city”", "Spam score: ")),
    ("ru", ("На телефоне · 375 px", "На компьютере · 700 px", "Нет данных для «profile.city»", "Спам-баллы: ")),
])  # fmt: skip
def test_it_shows_both_widths_and_what_there_is_to_say(shop: Shop, language: str, words: tuple[str, ...]) -> None:
    told = page(shop, language)
    assert [one for one in words if one not in told] == []
    assert "<h1>Act now, &lt;Anna&gt;</h1>" in told


def test_the_message_is_in_a_cage(shop: Shop) -> None:
    told = page(shop, "en")
    assert "<script" not in told, "only as text of a cage"
    assert told.count('<iframe sandbox="allow-popups"') == 2
    assert "allow-scripts" not in told


def test_the_browser_gets_it_with_a_policy(shop: Shop, data: Path) -> None:
    shop.template({"key": "loud", **LOUD})
    with asking(shop.database, [TemplatesController], settings=Settings(data=data)) as client:
        told = client.get("/api/templates/loud/preview.html", params={"lang": "ru"})
        assert client.get("/api/templates/none/preview.html").status_code == 404
    assert "На телефоне" in told.text
    assert told.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src" not in told.headers["content-security-policy"]
    assert told.headers["content-security-policy"].startswith("default-src 'none'")
