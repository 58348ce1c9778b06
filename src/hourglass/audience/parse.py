"""Documents to condition trees. Whatever cannot be right is refused with its path and what would be right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, cast

from hourglass.audience.condition import (
    AllOf,
    AnyOf,
    Condition,
    Did,
    HasConsent,
    InSegment,
    Measure,
    MeasureKind,
    Not,
    Trait,
    Value,
    Where,
)
from hourglass.audience.operators import OPERATORS
from hourglass.kernel import Malformed, parse_duration

_FORMS = "all, any, not, trait, event, segment or consent"
_DEPTH = 20
_MEASURES = ("count", "sum", "avg", "min", "max", "distinct")
_NUMERIC = ("count", "sum", "avg", "min", "max", "distinct")


def parse_condition(document: object, path: str = "condition", depth: int = 0) -> Condition:
    """Read one node and everything below it. Raises Malformed with the path."""
    if depth > _DEPTH:
        raise Malformed(f"Conditions nest deeper than {_DEPTH} levels.", path=path)
    node = _mapping(document, path)
    forms = [form for form in _READERS if form in node]
    if len(forms) != 1:
        raise Malformed(f"A condition is exactly one of {_FORMS}; this one has {_listing(node)}.", path=path)
    return _READERS[forms[0]](node, path, depth)


def _all(node: Mapping[str, Any], path: str, depth: int) -> Condition:
    _only(node, {"all"}, path)
    return AllOf(_children(node["all"], f"{path}.all", depth))


def _any(node: Mapping[str, Any], path: str, depth: int) -> Condition:
    _only(node, {"any"}, path)
    return AnyOf(_children(node["any"], f"{path}.any", depth))


def _not(node: Mapping[str, Any], path: str, depth: int) -> Condition:
    _only(node, {"not"}, path)
    return Not(parse_condition(node["not"], f"{path}.not", depth + 1))


def _children(value: object, path: str, depth: int) -> tuple[Condition, ...]:
    if not isinstance(value, list) or not value:
        raise Malformed("Here stands a list of conditions, with one at least.", path=path)
    items = cast("list[object]", value)
    return tuple(parse_condition(item, f"{path}[{i}]", depth + 1) for i, item in enumerate(items))


def _trait(node: Mapping[str, Any], path: str, _depth: int) -> Condition:
    _only(node, {"trait", "op", "value"}, path)
    op = _operator(node.get("op", "equals"), f"{path}.op")
    return Trait(_text(node["trait"], f"{path}.trait"), op, _value(op, node.get("value"), f"{path}.value"))


def _event(node: Mapping[str, Any], path: str, _depth: int) -> Condition:
    _only(node, {"event", "where", "measure", "op", "value", "within", "since", "until"}, path)
    measure = _measure(node.get("measure", {"count": True}), f"{path}.measure")
    op = _operator(node.get("op", "at_least"), f"{path}.op")
    within = node.get("within")
    did = Did(
        event=_text(node["event"], f"{path}.event"),
        where=tuple(_where(item, f"{path}.where[{i}]") for i, item in enumerate(node.get("where") or [])),
        measure=measure,
        op=op,
        value=_number(node.get("value", 1), f"{path}.value") if measure.kind in _NUMERIC else node.get("value"),
        within=None if within is None else parse_duration(_text(within, f"{path}.within"), f"{path}.within"),
        since=_moment(node.get("since"), f"{path}.since"),
        until=_moment(node.get("until"), f"{path}.until"),
    )
    if did.within and (did.since or did.until):
        raise Malformed("Say either `within` or `since`/`until`, not both.", path=f"{path}.within")
    return did


def _segment(node: Mapping[str, Any], path: str, _depth: int) -> Condition:
    _only(node, {"segment"}, path)
    return InSegment(_text(node["segment"], f"{path}.segment"))


def _consent(node: Mapping[str, Any], path: str, _depth: int) -> Condition:
    _only(node, {"consent"}, path)
    asked = _mapping(node["consent"], f"{path}.consent")
    return HasConsent(
        _text(asked.get("channel"), f"{path}.consent.channel"), _text(asked.get("topic"), f"{path}.consent.topic")
    )


def _where(document: object, path: str) -> Where:
    node = _mapping(document, path)
    _only(node, {"property", "op", "value"}, path)
    op = _operator(node.get("op", "equals"), f"{path}.op")
    return Where(_text(node.get("property"), f"{path}.property"), op, _value(op, node.get("value"), f"{path}.value"))


def parse_where(document: object, path: str) -> tuple[Where, ...]:
    """A list of property comparisons, as the `where` of an event."""
    if document is None:
        return ()
    if not isinstance(document, list):
        raise Malformed("`where` is a list of {property, op, value}.", path=path)
    return tuple(_where(item, f"{path}[{i}]") for i, item in enumerate(cast("list[object]", document)))


def _measure(document: object, path: str) -> Measure:
    node = _mapping(document, path)
    kinds = [kind for kind in _MEASURES if kind in node]
    if len(kinds) != 1 or len(node) != 1:
        raise Malformed(f"A measure is exactly one of {', '.join(_MEASURES)}.", path=path)
    kind = cast("MeasureKind", kinds[0])
    return Measure(kind) if kind == "count" else Measure(kind, _text(node[kind], f"{path}.{kind}"))


def _operator(name: object, path: str) -> str:
    if not isinstance(name, str) or name not in OPERATORS:
        raise Malformed(f"There is no operator “{name}”; known: {', '.join(sorted(OPERATORS))}.", path=path)
    return name


def _value(op: str, value: object, path: str) -> Value:
    takes = OPERATORS[op].takes
    if takes == "nothing":
        if value is not None:
            raise Malformed(f"“{op}” takes no value.", path=path)
        return None
    if takes == "list":
        if not isinstance(value, list) or not value:
            raise Malformed(f"“{op}” takes a list of values.", path=path)
        return tuple(cast("list[str]", value))
    if takes == "number":
        return _number(value, path)
    if value is None or isinstance(value, list | dict):
        raise Malformed(f"“{op}” takes one value: a text, a number or true/false.", path=path)
    return cast("Value", value)


def _number(value: object, path: str) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Malformed("Here stands a number.", path=path)
    return value


def _text(value: object, path: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise Malformed("Here stands a text.", path=path)
    return value


def _moment(value: object, path: str) -> datetime | None:
    if value is None:
        return None
    try:
        at = datetime.fromisoformat(_text(value, path))
    except ValueError as error:
        raise Malformed(f"“{value}” is no date; write 2026-01-31 or 2026-01-31T12:00:00Z.", path=path) from error
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _mapping(value: object, path: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise Malformed(f"Here stands a condition: {_FORMS}.", path=path)
    return cast("dict[str, Any]", value)


def _only(node: Mapping[str, Any], known: set[str], path: str) -> None:
    strange = sorted(node.keys() - known)
    if strange:
        raise Malformed(f"Unknown field; known here: {', '.join(sorted(known))}.", path=f"{path}.{strange[0]}")


def _listing(node: Mapping[str, Any]) -> str:
    return ", ".join(sorted(node)) or "nothing"


_READERS: dict[str, Callable[[Mapping[str, Any], str, int], Condition]] = {
    "all": _all,
    "any": _any,
    "not": _not,
    "trait": _trait,
    "event": _event,
    "segment": _segment,
    "consent": _consent,
}
