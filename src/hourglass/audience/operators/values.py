"""The right side of a comparison: what operators take, how it is read from a document, and its JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal, cast

from msgspec import Struct

from hourglass.audience.operators.places import Place, read_place
from hourglass.audience.reading import day_or_moment, number, text
from hourglass.kernel import Malformed, parse_duration
from hourglass.lake import portable_pattern

Single = str | int | float | bool
Value = Single | date | timedelta | Place | tuple[Single | date, ...] | None
Takes = Literal[
    "one", "number", "size", "list", "nothing", "text", "pattern", "range", "moment", "day", "span", "days_ahead",
    "weekdays", "hours", "months", "days_of_month", "place",
]  # fmt: skip
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_AHEAD = 364


class Reader(Struct, frozen=True, kw_only=True):
    """(value of the document, path, name of the operator) → the value, or Malformed; and what JSON Schema says."""

    read: Callable[[object, str, str], Value]
    schema: dict[str, Any]

    def __call__(self, value: object, path: str, op: str) -> Value:
        """Read it."""
        return self.read(value, path, op)


def _one(value: object, path: str, op: str) -> Single:
    if value is None or isinstance(value, list | dict):
        raise Malformed(f"“{op}” takes one value: a text, a number or true/false.", path=path)
    return cast("Single", value)


def _list(value: object, path: str, op: str) -> Value:
    if not isinstance(value, list) or not value:
        raise Malformed(f"“{op}” takes a list of values.", path=path)
    return tuple(_one(item, f"{path}[{i}]", op) for i, item in enumerate(cast("list[object]", value)))


def _nothing(value: object, path: str, op: str) -> Value:
    if value is not None:
        raise Malformed(f"“{op}” takes no value.", path=path)
    return None


def _number(value: object, path: str, op: str) -> Value:
    if value is None:
        raise Malformed(f"“{op}” takes a number.", path=path)
    return number(value, path)


def _size(value: object, path: str, op: str) -> Value:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise Malformed(f"“{op}” takes a whole number, 0 or more.", path=path)
    return value


def _range(value: object, path: str, op: str) -> Value:
    what = f"“{op}” takes the least and the greatest: [10, 20] or [2026-01-01, 2026-01-31]; both belong to it."
    if not isinstance(value, list) or len(cast("list[object]", value)) != 2:
        raise Malformed(what, path=path)
    ends = cast("list[object]", value)
    if all(isinstance(end, str) for end in ends):
        first, last = (day_or_moment(end, f"{path}[{i}]") for i, end in enumerate(ends))
        if _comparable(first) > _comparable(last):
            raise Malformed("The first date comes before the second.", path=path)
        return first, last
    least, most = (number(end, f"{path}[{i}]") for i, end in enumerate(ends))
    if least > most:
        raise Malformed("The smaller number comes first.", path=path)
    return least, most


def _day(value: object, path: str, op: str) -> Value:
    found = day_or_moment(value, path)
    if isinstance(found, datetime):
        raise Malformed(f"“{op}” takes a day: 2026-01-31.", path=path)
    return found


def _days_ahead(value: object, path: str, op: str) -> Value:
    what = f"“{op}” takes days from today: 7 (today and the next 7 days) or “3..7”, {_AHEAD} at most."
    ends = value.split("..") if isinstance(value, str) else [0, value]
    if len(ends) != 2 or not all(_is_whole(end) for end in ends):
        raise Malformed(what, path=path)
    first, last = (int(cast("str", end)) for end in ends)
    if not 0 <= first <= last <= _AHEAD:
        raise Malformed(what, path=path)
    return first, last


def _is_whole(value: object) -> bool:
    return value.isascii() and value.isdigit() if isinstance(value, str) else type(value) is int


def _comparable(value: date) -> tuple[int, ...]:
    return value.timetuple()[:6]


def _weekdays(value: object, path: str, op: str) -> Value:
    named = cast("list[object]", value) if isinstance(value, list) else [value]
    if not named or any(one not in WEEKDAYS for one in named):
        raise Malformed(f"“{op}” takes a weekday or a list of them: {', '.join(WEEKDAYS)}.", path=path)
    return tuple(day for day in WEEKDAYS if day in named)


def _numbers(least: int, most: int) -> Reader:
    """Whole numbers between these: one, a list, or a range “9..17”, which may go round the end."""

    def read(value: object, path: str, op: str) -> Value:
        found = _spread(value, least, most)
        if not found or any(type(one) is not int or not least <= one <= most for one in found):
            known = f"a number from {least} to {most}, a list of them, or a range like “{least}..{most}”"
            raise Malformed(f"“{op}” takes {known}.", path=path)
        return tuple(dict.fromkeys(cast("list[int]", found)))

    whole = {"type": "integer", "minimum": least, "maximum": most}
    many = {"type": "array", "items": whole, "minItems": 1}
    return Reader(read=read, schema={"anyOf": [whole, many, {"type": "string", "pattern": r"^\d+\.\.\d+$"}]})


def _spread(value: object, least: int, most: int) -> list[object]:
    """The numbers of a range; what is no range stands alone."""
    if isinstance(value, list):
        return cast("list[object]", value)
    first, between, last = value.partition("..") if isinstance(value, str) else ("", "", "")
    if not between or not _is_whole(first) or not _is_whole(last):
        return [value]
    start, end = int(first), int(last)
    if not (least <= start <= most and least <= end <= most):
        return []
    return list(range(start, end + 1)) if start <= end else [*range(start, most + 1), *range(least, end + 1)]


def _pattern(value: object, path: str, op: str) -> Value:
    del op
    portable_pattern(text(value, path), path)
    return text(value, path)


_SINGLE = {"type": ["string", "number", "boolean"]}
_TEXT = {"type": "string", "pattern": r"\S"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$"}
SPAN = {"type": "string", "pattern": r"^(\d{1,6}[smhdw])+$"}
_DAYS = {"enum": list(WEEKDAYS)}

READERS: Mapping[str, Reader] = {
    "one": Reader(read=_one, schema=_SINGLE),
    "number": Reader(read=_number, schema={"type": "number"}),
    "size": Reader(read=_size, schema={"type": "integer", "minimum": 0}),
    "list": Reader(read=_list, schema={"type": "array", "items": _SINGLE, "minItems": 1}),
    "nothing": Reader(read=_nothing, schema={"type": "null"}),
    "text": Reader(read=lambda value, path, _op: text(value, path), schema=_TEXT),
    "pattern": Reader(read=_pattern, schema=_TEXT),
    "range": Reader(
        read=_range,
        schema={
            "type": "array",
            "minItems": 2,
            "maxItems": 2,
            "anyOf": [{"items": {"type": "number"}}, {"items": MOMENT}],
        },
    ),
    "moment": Reader(read=lambda value, path, _op: day_or_moment(value, path), schema=MOMENT),
    "day": Reader(read=_day, schema={"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"}),
    "span": Reader(read=lambda value, path, _op: parse_duration(text(value, path), path), schema=SPAN),
    "days_ahead": Reader(
        read=_days_ahead,
        schema={
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": _AHEAD},
                {"type": "string", "pattern": r"^\d{1,3}\.\.\d{1,3}$"},
            ]
        },
    ),
    "weekdays": Reader(read=_weekdays, schema={"anyOf": [_DAYS, {"type": "array", "items": _DAYS, "minItems": 1}]}),
    "hours": _numbers(0, 23),
    "months": _numbers(1, 12),
    "days_of_month": _numbers(1, 31),
    "place": Reader(
        read=lambda value, path, _op: read_place(value, path),
        schema={
            "type": "object",
            "properties": {
                "lat": {"type": "number", "minimum": -90, "maximum": 90},
                "lon": {"type": "number", "minimum": -180, "maximum": 180},
                "km": {"type": "number", "exclusiveMinimum": 0, "maximum": 20_000},
            },
            "required": ["lat", "lon", "km"],
            "additionalProperties": False,
        },
    ),
}


def as_text(value: object) -> str:
    """A value as a column of text has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
