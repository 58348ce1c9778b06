"""Every operator, naively. `left` is None where something is missing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from hourglass.kernel import parse_duration
from tests.audience.oracle.people import World, as_text

_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?", re.ASCII)


def number(value: object) -> Fraction | None:
    """A number, or a text that is one."""
    if isinstance(value, Fraction):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return Fraction(str(value))
    text = as_text(value)
    return Fraction(text) if text is not None and _NUMBER.fullmatch(text) else None


def compare(op: str, left: Any, right: Any, world: World) -> bool:
    """`left`: a text, a number or a moment as the document's reader would see it."""
    if op == "exists":
        return left is not None
    if op == "missing":
        return left is None
    if op in _MOMENTS:
        moment = left if isinstance(left, datetime) else _moment(as_text(left), world)
        return moment is not None and _MOMENTS[op](moment, right, world)
    wanted = right[0] if isinstance(right, list) and right else right
    numeric = op in _NUMERIC or (isinstance(wanted, int | float) and not isinstance(wanted, bool))
    if numeric:
        known = number(left)
        if isinstance(right, list):
            values: Any = [number(one) for one in right]
        else:
            values = number(right)
        return known is not None and (_NUMERIC | _EITHER)[op](known, values)
    text = as_text(left)
    if text is None:
        return False
    values = [as_text(one) for one in right] if isinstance(right, list) else as_text(right)
    return (_TEXTS | _EITHER)[op](text, values)


def _moment(text: str | None, world: World) -> datetime | None:
    """What names no zone is on the clock of the workspace."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(world.zone))


_EITHER: dict[str, Callable[[Any, Any], bool]] = {
    "equals": lambda left, right: left == right,
    "not_equals": lambda left, right: left != right,
    "one_of": lambda left, right: left in right,
    "none_of": lambda left, right: left not in right,
}
_NUMERIC: dict[str, Callable[[Any, Any], bool]] = {
    "at_least": lambda left, right: left >= right,
    "at_most": lambda left, right: left <= right,
    "more_than": lambda left, right: left > right,
    "less_than": lambda left, right: left < right,
    "exactly": lambda left, right: left == right,
    "between": lambda left, right: right[0] <= left <= right[1],
}
_TEXTS: dict[str, Callable[[Any, Any], bool]] = {
    "contains": lambda left, right: right in left,
    "not_contains": lambda left, right: right not in left,
    "starts_with": lambda left, right: left.startswith(right),
    "ends_with": lambda left, right: left.endswith(right),
}


def _span(text: str) -> timedelta:
    return parse_duration(text)


_MOMENTS: dict[str, Callable[[datetime, Any, World], bool]] = {
    "before": lambda left, right, world: left < _required(right, world),
    "after": lambda left, right, world: left > _required(right, world),
    "in_last": lambda left, right, world: world.now - _span(right) <= left <= world.now,
    "in_next": lambda left, right, world: world.now <= left <= world.now + _span(right),
}


def _required(text: str, world: World) -> datetime:
    moment = _moment(text, world)
    assert moment is not None
    return moment


KNOWN = frozenset({"exists", "missing"} | _EITHER.keys() | _NUMERIC.keys() | _TEXTS.keys() | _MOMENTS.keys())
"""The operators it has an opinion about."""
