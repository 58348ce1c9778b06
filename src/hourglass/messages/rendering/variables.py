"""What a template may speak of: the facts of one message in the words of `docs`: profile, event, cart, order, shop."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from hourglass.kernel import to_major
from hourglass.messages.candidates.candidate import Basket, Candidate, Product, product_of
from hourglass.messages.rendering.links import Links

_LINE_FIELDS = ("name", "category", "image_url", "url")


def variables_of(one: Candidate, links: Links, now: datetime) -> dict[str, Any]:
    """Amounts are decimals in major units (12.50); times are in the zone of the workspace."""
    return {
        "profile": _profile(one),
        "event": _event(one.claim.facts),
        "cart": _basket(one.cart, one.products),
        "order": _basket(one.order, one.products),
        "shop": {"name": one.workspace.name, "currency": one.workspace.currency},
        "brand": {} if one.template is None else one.template.brand,
        "unsubscribe_url": links.unsubscribe,
        "view_url": links.view,
        "now": now.astimezone(one.zone),
        "locale": one.locale,
        "currency": one.workspace.currency,
        "marketing": one.claim.marketing,
    }


def _profile(one: Candidate) -> dict[str, Any]:
    if one.person is None:
        return {}
    return {**one.person.traits, "id": one.person.id, "email": one.person.email, "phone": one.person.phone}


def _event(facts: dict[str, Any]) -> dict[str, Any]:
    """The entry event: its properties by their names, and `name`, `at`, `properties`."""
    properties = facts.get("properties")
    flat: dict[str, Any] = properties if isinstance(properties, dict) else {}  # pyright: ignore[reportUnknownVariableType]
    return {**flat, "name": flat.get("name", facts.get("event")), "at": facts.get("at"), "properties": flat}


def _basket(basket: Basket | None, products: Mapping[str, Product]) -> dict[str, Any] | None:
    if basket is None:
        return None
    told = [cast("dict[str, Any]", line) for line in basket.lines if isinstance(line, dict)]
    lines = [_line(line, products.get(product_of(line) or ""), basket.currency) for line in told]
    return {"id": basket.id, "lines": lines, "value": to_major(basket.value, basket.currency), "state": basket.state,
            "currency": basket.currency}  # fmt: skip


def _line(line: dict[str, Any], product: Product | None, currency: str) -> dict[str, Any]:
    """What the shop said about the line, completed from the catalogue."""
    known = {} if product is None else {name: getattr(product, name) for name in _LINE_FIELDS}
    told = {name: value for name, value in line.items() if value is not None}
    return {"quantity": 1, **known, **told, "price": _price(line.get("price"), product, currency)}


def _price(minor: Any, product: Product | None, currency: str) -> Decimal | None:
    if isinstance(minor, int):
        return to_major(minor, currency)
    return to_major(product.price, product.currency or currency) if product and product.price is not None else None
