from __future__ import annotations

import asyncio
import email
from email import policy
from pathlib import Path
from typing import Any

import pytest

from hourglass.channels import CHANNEL
from hourglass.definitions import Kinds, put
from hourglass.kernel import FixedClock, Malformed, Settings
from hourglass.messages import BRAND, SNIPPET, TEMPLATE
from hourglass.messages.api import TemplatesController
from hourglass.messages.preview.preview import Wish
from hourglass.messages.preview.trial import Trial, send_trial
from hourglass.postgres import find_workspace
from tests.channels.scripted_smtp import Script
from tests.messages.shop import NOW, SHOP, Shop
from tests.web.admin.asking import asking

DOCUMENT = {"subject": "Hello", "html": "<p>Hi</p><a href='https://s.de/x'>Shop</a>"}


def tried(shop: Shop, settings: Settings, *to: str) -> Trial:
    with shop.database.transaction() as tx:
        return send_trial(tx, find_workspace(tx), Wish(document=DOCUMENT), to, settings, NOW)


async def test_a_test_goes_through_the_provider_is_marked_and_counts_nowhere(
    shop: Shop, data: Path, mta: Script
) -> None:
    settings = Settings(data=data, smtp_url=f"smtp://127.0.0.1:{mta.port}", mail_from="Shop <shop@s.example>")
    done = await asyncio.to_thread(tried, shop, settings, "me@desk.example", "you@desk.example")
    assert [one.accepted for one in done.sent] == [True, True]
    mails = [email.message_from_bytes(one.content or b"", policy=policy.default) for one in mta.mails]  # type: ignore[arg-type]
    assert {mail["Subject"] for mail in mails} == {"[Test] Hello"}
    assert len({mail["Message-ID"] for mail in mails}) == 2
    page: Any = mails[0].get_body(("html",))
    assert "https://s.de/x" in page.get_content()
    assert "/t/" not in page.get_content()
    assert shop.states() == {}
    assert shop.events() == []


def provider(shop: Shop, key: str, port: int, order: int) -> None:
    body = {"kind": "channel", "key": key, "plugin": "email", "order": order,
            "settings": {"url": f"smtp://127.0.0.1:{port}", "sender": "Shop <shop@s.example>"}}  # fmt: skip
    with shop.database.transaction() as tx:
        put(tx, SHOP, body, kinds=Kinds([CHANNEL]), author="test", now=NOW)


async def test_a_test_goes_to_the_next_provider_where_the_first_is_away(shop: Shop, data: Path, mta: Script) -> None:
    provider(shop, "away", 9, 1)
    provider(shop, "spare", mta.port, 2)
    provider(shop, "never-asked", 9, 3)
    to = ("me@desk.example", "gone@desk.example", "you@desk.example")
    done = await asyncio.to_thread(tried, shop, Settings(data=data), *to)
    assert [(one.accepted, one.provider) for one in done.sent] == [(True, "spare"), (False, "spare"), (True, "spare")]
    assert len(mta.mails) == 2


async def test_where_nobody_is_there_the_answer_says_so(shop: Shop, data: Path) -> None:
    provider(shop, "away", 9, 1)
    provider(shop, "away-too", 9, 2)
    done = await asyncio.to_thread(tried, shop, Settings(data=data), "me@desk.example")
    [one] = done.sent
    assert (one.accepted, one.provider) == (False, "")
    assert "127.0.0.1:9" in one.detail


def test_wrong_addresses_and_too_many_are_refused(shop: Shop, data: Path) -> None:
    settings = Settings(data=data, smtp_url="smtp://127.0.0.1:9")
    for to, path in ((("nobody",), "to[0]"), ((), "to"), (["a@b.example"] * 6, "to")):
        with pytest.raises(Malformed) as refused:
            tried(shop, settings, *to)
        assert refused.value.path == path
    with pytest.raises(Malformed, match="No provider"):
        tried(shop, Settings(data=data), "a@b.example")


def test_the_api_shows_checks_and_lists_starters(shop: Shop) -> None:
    clock, kinds = FixedClock(NOW), Kinds([TEMPLATE, SNIPPET, BRAND])
    with asking(shop.database, [TemplatesController], clock=clock, kinds=kinds) as client:
        seen = client.post("/api/templates/preview", json={"document": DOCUMENT}).json()
        assert (seen["subject"], seen["locale"]) == ("Hello", "en")
        assert {one["code"] for one in seen["warnings"]} >= {"preheader_missing", "unsubscribe_missing"}
        found = client.post("/api/templates/lint", json={"document": DOCUMENT}).json()["findings"]
        assert {one["locale"] for one in found} == {"en"}
        refused = client.post("/api/templates/preview", json={"document": {**DOCUMENT, "html": "{{ nobody }}"}})
        assert refused.json() == {"error": "Line 1: nothing here is called “nobody”.", "path": "html"}
        wrong = client.post("/api/templates/preview", json={"document": {**DOCUMENT, "html": "{% if %}"}})
        assert (wrong.status_code, wrong.json()["path"]) == (400, "html")
