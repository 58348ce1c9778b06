"""What a template may speak of: the facts of one message in the words of `docs`: profile, event, cart, order, shop."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from hourglass.kernel import to_major
from hourglass.messages.candidates.candidate import Candidate, product_of
from hourglass.messages.candidates.goods import event_products
from hourglass.messages.rendering.goods import cart_of, order_of, shown
from hourglass.messages.rendering.links import Links


def variables_of(one: Candidate, links: Links, now: datetime) -> dict[str, Any]:
    """Amounts are decimals in major units (12.50); times are in the zone of the workspace."""
    return {
        "profile": _profile(one),
        "event": _event(one.claim.facts),
        "steps": (steps := one.claim.facts.get("steps") or {}),
        "promo": steps.get("promo") or {},
        "cart": cart_of(one.cart, one.products),
        "order": order_of(one.order, one.products),
        "blocks": _blocks(one),
        "shop": {"name": one.workspace.name, "currency": one.workspace.currency},
        "brand": {} if one.template is None else one.template.brand,
        "unsubscribe_url": links.unsubscribe,
        "view_url": links.view,
        "preferences_url": links.preferences,
        "confirm_url": links.confirm,
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


def _blocks(one: Candidate) -> dict[str, Any]:
    seen = _seen(one)
    return {name: shown(ids, one.products, seen, one.workspace.currency) for name, ids in one.blocks.items()}


def _seen(one: Candidate) -> dict[str, Any]:
    """Prices that the person saw: in the entry event, or else in the cart; in major units."""
    found: dict[str, Any] = {}
    baskets = [one.cart] if one.cart else []
    for basket in baskets:
        for line in basket.lines:
            if (id_ := product_of(line)) and isinstance(line.get("price"), int):
                found[id_] = to_major(line["price"], basket.currency)
    told = one.claim.fact("old_price")
    for id_ in event_products(one.claim.facts)[:1]:
        if told is not None:
            found[id_] = _decimal(told)
    return found


def _decimal(told: Any) -> Decimal | None:
    try:
        return Decimal(str(told))
    except ArithmeticError:
        return None
