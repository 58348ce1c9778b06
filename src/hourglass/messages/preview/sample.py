"""Somebody made up, who has just done something in a shop that is made up: for previews without a person."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from hourglass.kernel import Workspace
from hourglass.messages.content.blocks import Block
from hourglass.messages.content.compile import Compiled
from hourglass.messages.content.locales import language

_GOODS = (
    ("mug", {"en": "Stoneware mug, oatmeal", "ru": "Кружка керамическая, овсяная"}, "18.50", "24.00", "kitchen"),
    ("lamp", {"en": "Paper lantern, small", "ru": "Фонарик из рисовой бумаги"}, "32.00", None, "light"),
    ("throw", {"en": "Linen throw, sage", "ru": "Льняной плед, шалфей"}, "64.00", None, "home"),
    ("candle", {"en": "Beeswax candle, tall", "ru": "Свеча из пчелиного воска"}, "14.00", None, "light"),
    ("bowl", {"en": "Serving bowl, ink", "ru": "Миска для салата, синяя"}, "29.00", None, "kitchen"),
    ("vase", {"en": "Glass vase, smoke", "ru": "Ваза из дымчатого стекла"}, "27.90", "35.00", "home"),
)
_PICTURES = Path(__file__).with_name("pictures")
_NAMES = {"en": ("Anna", "Bell"), "ru": ("Анна", "Белова")}


def sample(template: Compiled, workspace: Workspace, now: datetime, base_url: str) -> dict[str, Any]:
    """Everything that a template may speak of, in its language."""
    spoken = "ru" if language(template.locale) == "ru" else "en"
    home = str(template.brand.get("url") or base_url).rstrip("/")
    goods = [_product(one, spoken, workspace.currency, home) for one in _GOODS]
    first, last = _NAMES[spoken]
    lines = [{**goods[0], "quantity": 1}, {**goods[1], "quantity": 2}]
    basket = {"id": "c-1042", "lines": lines, "value": Decimal("82.50"), "currency": workspace.currency}
    event = {
        **goods[0],
        "order_id": "1042",
        "old_price": Decimal("24.00"),
        "tracking_number": "LX 4417 0928 GB",
        "tracking_url": f"{home}/track/LX44170928GB",
        "code": "WELCOME10",
        "at": now - timedelta(hours=1),
    }
    return {
        "profile": {
            "id": 1, "email": "anna@example.com", "phone": "+441632960961", "firstName": first, "lastName": last,
            "name": f"{first} {last}", "city": "London", "birthday": "1990-05-14",
        },
        "event": {**event, "name": goods[0]["name"], "properties": event},
        "steps": {},
        "promo": {"code": "WELCOME-7KQ2MX9A", "pool": "welcome", "expires_at": now + timedelta(days=14)},
        "cart": {**basket, "state": "open"},
        "order": {**basket, "id": "1042", "state": "completed"},
        "blocks": {name: _chosen(block, goods) for name, block in template.blocks.items()},
        "shop": {"name": workspace.name, "currency": workspace.currency},
        "brand": template.brand,
        "unsubscribe_url": f"{base_url}/u/preview",
        "preferences_url": f"{base_url}/p/preview",
        "confirm_url": f"{base_url}/c/preview",
        "view_url": f"{base_url}/v/preview",
        "now": now.astimezone(workspace.tz()),
        "locale": template.locale,
        "currency": workspace.currency,
        "marketing": True,
    }  # fmt: skip


def _product(one: tuple[str, Mapping[str, str], str, str | None, str], spoken: str, currency: str, home: str) -> Any:
    key, names, price, was, category = one
    return {
        "id": key, "product_id": key, "name": names[spoken], "category": category, "brand": "Field & Hearth",
        "price": Decimal(price), "was": Decimal(was) if was else None, "currency": currency, "available": True,
        "stock": 7, "image_url": _picture(key), "url": f"{home}/products/{key}",
    }  # fmt: skip


@lru_cache(maxsize=8)
def _picture(key: str) -> str:
    """A drawing as a data address, so that a preview needs no network."""
    return "data:image/svg+xml;base64," + b64encode((_PICTURES / f"{key}.svg").read_bytes()).decode()


def _chosen(block: Block, goods: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What would be in a block if somebody had done all of it."""
    had = {"event": goods[:1], "cart": goods[:2], "order": goods[:2]}
    without = [one for word in block.without for one in had.get(word, ())]
    return [one for one in had.get(block.source, goods) if one not in without][: block.limit]
