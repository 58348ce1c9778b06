from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.kernel import FixedClock
from hourglass.messages import BRAND, SNIPPET, TEMPLATE, Purpose, load_signer
from tests.channels.scripted_smtp import Script
from tests.messages.shop import NOW, SHOP, Shop, until
from tests.messages.worker import delivering, html, parsed

KINDS = Kinds([TEMPLATE, SNIPPET, BRAND])
BODY = (
    "<p>{{ profile.firstName }}</p><a href='https://www.shop.de/x?utm_medium=mine#top'>Shop</a>"
    "<a href='https://instagram.com/shop'>Us</a>{% render 'foot' %}"
)


def save(shop: Shop, **document: Any) -> None:
    with shop.database.transaction() as tx:
        definitions.put(tx, SHOP, document, kinds=KINDS, author="t", now=NOW)


def brand(shop: Shop, name: str) -> None:
    save(shop, kind="brand", key="default", name=name, url="https://shop.de", reply_to="help@shop.de",
         **{"from": {"name": name}})  # fmt: skip


async def test_a_mail_is_from_the_brand_and_its_links_are_tagged(
    shop: Shop, data: Path, clock: FixedClock, mta: Script
) -> None:
    brand(shop, "Tom & Co")
    save(shop, kind="snippet", key="foot", html="<p>{{ brand.name }}</p><a href='{{ unsubscribe_url }}'>Bye</a>")
    save(shop, kind="template", key="t", subject="s", html=BODY, fallbacks={"profile.firstName": "friend"})
    shop.queue(shop.person(), template="t")
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.states() == {"sent": 1})
        brand(shop, "Tom & Sons")
        shop.queue(shop.person("ben@customers.example"), template="t")
        await until(lambda: shop.states() == {"sent": 2})
    first, second = parsed(mta, 0), parsed(mta, 1)
    assert first["From"].addresses[0].display_name == "Tom & Co"
    assert first["Reply-To"] == "help@shop.de"
    assert second["From"].addresses[0].display_name == "Tom & Sons"
    page = html(first)
    assert "<p>friend</p>" in page
    assert "<p>Tom &amp; Co</p>" in page
    signer = load_signer(data)
    tokens = [signer.read(Purpose.CLICK, token) for token in re.findall(r"/t/c/([\w-]+)", page)]
    targets = [token.target for token in tokens if token and token.target]
    assert targets == [
        "https://www.shop.de/x?utm_medium=mine&utm_source=hourglass&utm_campaign=t#top",
        "https://instagram.com/shop",
    ]


async def test_what_cannot_be_shown_is_withheld_with_its_reason(
    shop: Shop, data: Path, clock: FixedClock, mta: Script
) -> None:
    picks = {"picks": {"source": "viewed", "when_empty": "withhold"}}
    save(shop, kind="template", key="empty", subject="s", html="x", blocks=picks)
    save(shop, kind="template", key="wanting", subject="s", html="x", required=["profile.firstName"])
    empty = shop.queue(shop.person(), template="empty")
    wanting = shop.queue(shop.person("ben@customers.example"), template="wanting")
    async with delivering(shop, data, clock, mta.port):
        await until(lambda: shop.states() == {"withheld": 2})
    assert (shop.message(empty)["reason"], shop.message(empty)["detail"]) == ("nothing_to_show", "picks")
    assert (shop.message(wanting)["reason"], shop.message(wanting)["detail"]) == ("data_missing", "profile.firstName")
    assert not mta.mails
