"""What a condition document means for one person: read straight from the document, event by event."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from fractions import Fraction
from typing import Any, cast

from hourglass.kernel import parse_duration
from tests.audience.oracle.comparisons import compare, number
from tests.audience.oracle.facts import agreed, drawn, product, reachable
from tests.audience.oracle.history import messages, sequence
from tests.audience.oracle.people import Person, Told, World, as_text
from tests.audience.oracle.rows import lines, property_of, where

_LINES = "products."


def holds(document: dict[str, Any], person: Person, world: World) -> bool:
    """True or false; a missing value is never true."""
    if "all" in document:
        return all(holds(one, person, world) for one in document["all"])
    if "any" in document:
        return any(holds(one, person, world) for one in document["any"])
    if "not" in document:
        return not holds(document["not"], person, world)
    for form, leaf in _LEAVES.items():
        if form in document:
            return leaf(document, person, world)
    return _did(document, person, world)


def _trait(document: dict[str, Any], person: Person, world: World) -> bool:
    value = person.traits.get(document["trait"])
    return compare(document.get("op", "equals"), as_text(value), document.get("value"), world)


def _segment(document: dict[str, Any], person: Person, world: World) -> bool:
    key = document["segment"]
    inner = world.segments.get(key)
    return holds(inner, person, world) if inner is not None else key in person.lists


_LEAVES: dict[str, Callable[[dict[str, Any], Person, World], bool]] = {
    "trait": _trait,
    "segment": _segment,
    "consent": lambda document, person, _: agreed(person, document["consent"]["channel"], document["consent"]["topic"]),
    "reachable": reachable,
    "identified": lambda document, person, _: document["identified"] in person.identifiers,
    "sample": lambda document, person, _: drawn(document["sample"], person.id),
    "product": product,
    "messages": messages,
    "sequence": sequence,
}


def _did(document: dict[str, Any], person: Person, world: World) -> bool:
    measure = document.get("measure", {"count": True})
    (name,) = measure
    told = [event for event in person.events if event.name == document["event"] and _timely(event, document, world)]
    rows = [(event, line) for event in told for line in lines(event)]
    hits = [(event, line) for event, line in rows if where(document.get("where"), event, line, world)]
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
    values = [property_of(event, line, asked, world) for event, line in once]
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
    part = [(event, line) for event, line in hits if where(asked["where"], event, line, world)]

    def amount(rows: list[tuple[Told, dict[str, Any]]]) -> Fraction | None:
        if "of" not in asked:
            return Fraction(len(_each_event_once(rows)))
        rows = rows if asked["of"].startswith(_LINES) else _each_event_once(rows)
        found = [
            one for event, line in rows if (one := number(property_of(event, line, asked["of"], world))) is not None
        ]
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
        if (value := property_of(event, line, asked, world)) is not None
    ]
    return (min if name == "first" else max)(having)[1] if having else None
