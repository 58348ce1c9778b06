"""The right side of a comparison: what operators take, and how it is read from a document."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Literal, cast

from hourglass.audience.reading import moment, number, text
from hourglass.kernel import Malformed, parse_duration

Single = str | int | float | bool
Value = Single | datetime | timedelta | tuple[Single | datetime | timedelta, ...] | None
Takes = Literal["one", "number", "list", "nothing", "text", "moment", "span"]


def _one(value: object, path: str, op: str) -> Value:
    if value is None or isinstance(value, list | dict):
        raise Malformed(f"“{op}” takes one value: a text, a number or true/false.", path=path)
    return cast("Single", value)


def _list(value: object, path: str, op: str) -> Value:
    if not isinstance(value, list) or not value:
        raise Malformed(f"“{op}” takes a list of values.", path=path)
    return tuple(cast("Single", _one(item, f"{path}[{i}]", op)) for i, item in enumerate(cast("list[object]", value)))


def _nothing(value: object, path: str, op: str) -> Value:
    if value is not None:
        raise Malformed(f"“{op}” takes no value.", path=path)
    return None


def _number(value: object, path: str, op: str) -> Value:
    if value is None:
        raise Malformed(f"“{op}” takes a number.", path=path)
    return number(value, path)


READERS: Mapping[str, Callable[[object, str, str], Value]] = {
    "one": _one,
    "number": _number,
    "list": _list,
    "nothing": _nothing,
    "text": lambda value, path, _op: text(value, path),
    "moment": lambda value, path, _op: moment(value, path),
    "span": lambda value, path, _op: parse_duration(text(value, path), path),
}
"""(value of the document, path, name of the operator) → the value, or Malformed."""


def as_text(value: object) -> str:
    """A value as a column of text has it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
