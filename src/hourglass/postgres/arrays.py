"""Lists as PostgreSQL array literals, made by a few joins: the driver's own way looks at every element three times.

Long lists of numbers go in binary form (see numbers.py). Short ones stay texts: what those become is up to the cast
beside them, while a `bigint[]` under another cast is converted each time it is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from hourglass.postgres.numbers import Numbers

_encode = msgspec.json.Encoder().encode
_LONG = 1000


def array_literal(values: list[Any]) -> str | list[Any] | Numbers:
    """`[1, None]` → `{1,NULL}`, for a parameter with a cast (`:ids::bigint[]`); unknown kinds stay as they are."""
    kinds = set(map(type, values))
    kinds.discard(type(None))
    if len(kinds) > 1:
        return values
    write = _WRITERS.get(kinds.pop()) if kinds else _bare
    return values if write is None else write(values)


def literal_parameters(parameters: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters of a statement, its lists as literals."""
    return {
        name: array_literal(cast("list[Any]", value)) if type(value) is list else value
        for name, value in parameters.items()
    }


def _bare(values: list[Any]) -> str:
    """Numbers, truths and moments: nothing in them needs care, but a moment has a blank or a colon."""
    if None in values:
        return "{" + ",".join(["NULL" if value is None else str(value) for value in values]) + "}"
    return "{" + ",".join(map(str, values)) + "}"


def _numbers(values: list[Any]) -> str | Numbers:
    if len(values) < _LONG or None in values:
        return _bare(values)
    return Numbers(values)


def _quoted(values: list[Any]) -> str:
    if None in values:
        return "{" + ",".join(["NULL" if value is None else _quote(value) for value in values]) + "}"
    joined = '","'.join(values)
    if "\\" not in joined and joined.count('"') == 2 * (len(values) - 1):
        return '{"' + joined + '"}'
    return "{" + ",".join(map(_quote, values)) + "}"


def _moments(values: list[Any]) -> str:
    """As a list of JSON says them, `null` included: all at once."""
    return "{" + _encode(values)[1:-1].decode() + "}"


def _json(values: list[Any]) -> str:
    """A text in JSON escapes quotes and backslashes as an array does, and in JSON there is nothing else to escape."""
    return "{" + _encode([None if one is None else _encode(one.obj).decode() for one in values])[1:-1].decode() + "}"


def _quote(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


_WRITERS: dict[type, Callable[[list[Any]], str | Numbers]] = {
    int: _numbers,
    float: _bare,
    bool: _bare,
    UUID: _bare,
    str: _quoted,
    datetime: _moments,
    date: _moments,
    Jsonb: _json,
}
