"""Conditions about people themselves: what they allowed, how they are reached, their lot, the product on their mind."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from hourglass.kernel import digest, exponent, parse_duration
from tests.audience.oracle.comparisons import compare, number
from tests.audience.oracle.people import Order, Person, Stocked, World, as_text

_PRIME = 2**31 - 1
_PRICE = re.compile(r"[0-9]{1,12}([.][0-9]{1,6})?")
_SHOWN = {
    "last_viewed": "Product Viewed",
    "last_added": "Product Added",
    "last_wished": "Product Added to Wishlist",
}
Interest = tuple[datetime, str, int | None, str]
"""When, in which product, at which price in minor units of which currency."""


def agreed(person: Person, channel: str, topic: str) -> bool:
    """The last word on the topic or on every topic."""
    said = [yes for told, about, yes in person.ledger if told == channel and about in (topic, "*")]
    return bool(said) and said[-1]


def reachable(document: dict[str, Any], person: Person, world: World) -> bool:
    """An address that is not suppressed, and a yes to the topic, or to any."""
    channel = document["reachable"]
    address = person.addresses.get(world.channels.get(channel) or "")
    if address is None or (channel, address.lower()) in world.suppressed:
        return False
    topics = {about for told, about, _ in person.ledger if told == channel}
    return any(agreed(person, channel, topic) for topic in ([document["topic"]] if "topic" in document else topics))


def drawn(asked: dict[str, Any], person: int) -> bool:
    """The lot of the person's number is low enough."""
    mixed = (person * 48_271 + digest(asked["salt"]).int) % _PRIME
    return pow(mixed, 5, _PRIME) % 10_000 < asked["percent"] * 100


def product(document: dict[str, Any], person: Person, world: World) -> bool:
    """What the catalogue says now about the product that the person last showed interest in."""
    found = (
        _bought(person) if document["product"] == "last_bought" else _seen(_SHOWN[document["product"]], person, world)
    )
    known = world.products.get(found[1]) if found else None
    if found is None or known is None:
        return False
    if not timedelta() <= world.now - found[0] <= parse_duration(document.get("within", "30d")):
        return False
    return _so(document, found, known, world)


def _so(document: dict[str, Any], found: Interest, known: Stocked, world: World) -> bool:
    at, _, was, currency = found
    match document["fact"]:
        case "price_dropped":
            if was is None or known.price is None or currency != known.currency:
                return False
            by = Fraction(document.get("by", "0%").rstrip("% "))
            return known.price < was and (was - known.price) * 100 >= was * by
        case "back_in_stock":
            return bool(known.available) and known.restocked_at is not None and known.restocked_at > at
        case "in_stock":
            return known.available is True
        case "out_of_stock":
            return known.available is False
        case "price":
            mine = known.price is not None and known.currency == world.currency
            value: Any = Fraction(known.price or 0, 10**world.digits) if mine else None
        case "stock":
            value = None if known.stock is None else Fraction(known.stock)
        case fact:
            value = getattr(known, fact)
    return compare(document.get("op", "equals"), value, document.get("value"), world)


def _seen(event: str, person: Person, world: World) -> Interest | None:
    shown = [
        one for one in person.events if one.name == event and as_text(one.properties.get("product_id")) is not None
    ]
    if not shown:
        return None
    last = max(shown, key=lambda one: (one.at, one.seq))
    told = as_text(last.properties.get("currency")) or ""
    currency = told.upper() if re.fullmatch("[A-Za-z]{3}", told) else world.currency
    price = as_text(last.properties.get("price"))
    was = Decimal(price) * 10 ** exponent(currency) if price and _PRICE.fullmatch(price) else None
    whole = None if was is None else int(was.quantize(Decimal(1), ROUND_HALF_UP))
    return last.at, str(as_text(last.properties["product_id"])), whole, currency


def _bought(person: Person) -> Interest | None:
    """Of the last order that stands, the line that most was paid for."""
    standing = [one for one in person.orders if one.state not in ("cancelled", "refunded") and one.lines]
    if not standing:
        return None
    last = max(standing, key=lambda one: (one.ordered_at, one.id))
    line = min(last.lines, key=lambda one: _dearest(last, one))
    product_id = line.get("product_id")
    return None if product_id is None else (last.ordered_at, product_id, line.get("price"), last.currency)


def _dearest(order: Order, line: dict[str, Any]) -> tuple[bool, Fraction, bool, str]:
    del order
    price, quantity = number(line.get("price")), number(line.get("quantity"))
    paid = None if price is None else price * (1 if quantity is None else quantity)
    return paid is None, -(paid or Fraction()), line.get("product_id") is None, str(line.get("product_id"))
