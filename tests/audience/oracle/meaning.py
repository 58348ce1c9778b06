"""What a condition document means for one person: read straight from the document, event by event."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, cast

from hourglass.kernel import parse_duration
from tests.audience.oracle.comparisons import compare, number
from tests.audience.oracle.people import Person, Told, World, as_text

_ORDERS = {"Order Completed", "Order Updated", "Order Refunded", "Order Cancelled"}
_LINES = "products."


def holds(document: dict[str, Any], person: Person, world: World) -> bool:
    """True or false; a missing value is never true."""
    if "all" in document:
        return all(holds(one, person, world) for one in document["all"])
    if "any" in document:
        return any(holds(one, person, world) for one in document["any"])
    if "not" in document:
        return not holds(document["not"], person, world)
    if "trait" in document:
        value = person.traits.get(document["trait"])
        return compare(document.get("op", "equals"), as_text(value), document.get("value"), world)
    if "segment" in document:
        key = document["segment"]
        inner = world.segments.get(key)
        return holds(inner, person, world) if inner is not None else key in person.lists
    if "consent" in document:
        asked = document["consent"]
        return (asked["channel"], asked["topic"]) in person.consents
    return _did(document, person, world)


def _did(document: dict[str, Any], person: Person, world: World) -> bool:
    measure = document.get("measure", {"count": True})
    (name,) = measure
    told = [event for event in person.events if event.name == document["event"] and _timely(event, document, world)]
    rows = [(event, line) for event in told for line in _lines(event)]
    hits = [(event, line) for event, line in rows if _where(document.get("where"), event, line, world)]
    value = _measured(name, measure[name], hits, world)
    wanted = document.get("value", 1 if measure == {"count": True} else None)
    return compare(document.get("op", "at_least"), value, wanted, world)


def _timely(event: Told, document: dict[str, Any], world: World) -> bool:
    if event.at > world.now:
        return False
    if "within" in document and event.at < world.now - parse_duration(document["within"]):
        return False
    if "since" in document and event.at < _moment(document["since"]):
        return False
    return not ("until" in document and event.at >= _moment(document["until"]))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _lines(event: Told) -> list[dict[str, Any]]:
    products = event.properties.get("products")
    found = [line if isinstance(line, dict) else {} for line in products] if isinstance(products, list) else []
    return found or [{}]


def _where(where: list[dict[str, Any]] | None, event: Told, line: dict[str, Any], world: World) -> bool:
    return all(
        compare(test.get("op", "equals"), _property(event, line, test["property"], world), test.get("value"), world)
        for test in where or []
    )


def _property(event: Told, line: dict[str, Any], name: str, world: World) -> Any:
    """A moment, an exact number for what is typed, a text for the rest."""
    if name == "at":
        return event.at
    if name == "products.amount":
        price, quantity = number(as_text(line.get("price"))), number(as_text(line.get("quantity")))
        return None if price is None else price * (1 if quantity is None else quantity)
    if name.startswith(_LINES):
        return as_text(line.get(name.removeprefix(_LINES)))
    if name == "revenue":
        return _revenue(event, world)
    if name == "quantity":
        return None if event.properties.get("quantity") is None else Fraction(int(event.properties["quantity"]))
    return as_text(event.properties.get(name))


def _revenue(event: Told, world: World) -> Fraction | None:
    """In whole units, where it is the workspace's currency; an order's total stands in for it."""
    if event.properties.get("currency", world.currency).upper() != world.currency:
        return None
    amount = event.properties.get("revenue")
    if amount is None and event.name in _ORDERS:
        amount = event.properties.get("total")
    return None if amount is None else Fraction(round(Fraction(str(amount)) * 10**world.digits), 10**world.digits)


def _measured(name: str, asked: Any, hits: list[tuple[Told, dict[str, Any]]], world: World) -> Any:
    by_line = isinstance(asked, str) and asked.startswith(_LINES)
    once = hits if by_line else _each_event_once(hits)
    if name == "count":
        return Fraction(len(once))
    if name == "days_since":
        return Fraction((world.now - max(event.at for event, _ in once)).days) if once else None
    if name == "share":
        return _share(cast("dict[str, Any]", asked), hits, world)
    if name in ("first", "last"):
        return _edge(name, asked, once, world)
    values = [_property(event, line, asked, world) for event, line in once]
    if name == "distinct":
        return Fraction(len({value for value in values if value is not None}))
    numbers = [found for value in values if (found := number(value)) is not None]
    if not numbers:
        return None
    return {"sum": sum, "min": min, "max": max, "avg": lambda some: sum(some) / len(some)}[name](numbers)


def _each_event_once(hits: list[tuple[Told, dict[str, Any]]]) -> list[tuple[Told, dict[str, Any]]]:
    seen: dict[int, tuple[Told, dict[str, Any]]] = {}
    for event, line in hits:
        seen.setdefault(event.seq, (event, line))
    return list(seen.values())


def _share(asked: dict[str, Any], hits: list[tuple[Told, dict[str, Any]]], world: World) -> Fraction | None:
    part = [(event, line) for event, line in hits if _where(asked["where"], event, line, world)]

    def amount(rows: list[tuple[Told, dict[str, Any]]]) -> Fraction | None:
        if "of" not in asked:
            return Fraction(len(_each_event_once(rows)))
        rows = rows if asked["of"].startswith(_LINES) else _each_event_once(rows)
        found = [one for event, line in rows if (one := number(_property(event, line, asked["of"], world))) is not None]
        return sum(found, Fraction()) if found else None

    whole = amount(hits)
    return None if whole is None or whole <= 0 else (amount(part) or Fraction()) * 100 / whole


def _edge(name: str, asked: Any, once: list[tuple[Told, dict[str, Any]]], world: World) -> Any:
    """The moment; or the property at it, the least (greatest for the last) text of those that have one."""
    if asked is True:
        moments = [event.at for event, _ in once]
        return (min if name == "first" else max)(moments) if moments else None
    having = [
        (event.at, as_text(value))
        for event, line in once
        if (value := _property(event, line, asked, world)) is not None
    ]
    return (min if name == "first" else max)(having)[1] if having else None
