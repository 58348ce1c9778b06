"""Properties that a careless reader gets wrong, and what they are, read the slow way."""

from __future__ import annotations

from typing import Any

import msgspec
import polars as pl

from hourglass.lake import EVENT_COLUMNS
from tests.lake.facts import row

_encode = msgspec.json.Encoder().encode

VALUES: list[Any] = [
    *("x", "", None, True, False, 0, -5, 12, 1.5, -0.0, 100.0, 0.1 + 0.2, 1e-5, 1e-7, 123456.789e3, 9007199254740993.0),
    *(
        1e15,
        1e16,
        1.2345678901234568e17,
        -1e300,
        2e-300,
        2**63,
        2**64 - 1,
        -(2**63),
        "12",
        " 12 ",
        "1d",
        "1e5",
        "1.0E7",
    ),
    *("Алматы", "emoji 😀", "quote\"'", "back\\slash", "a\nb\t", "\u2028", "\u0001", "null", "true", "{", "},", "[1]"),
    *(',"name":"fake"', [], [1, 2], ["a", None], {}, {"b": 1, "a": "x"}, {"name": "inner"}, {"deep": [1, {"x": None}]}),
    [{"name": "in a list"}],
]

NAMES = [
    "name",
    "Имя",
    "a.b",
    "with space",
    "quote'",
    "NAME",
    "$",
    "missing",
    "emoji 😀",
    'double"quote',
    "back\\slash",
]

LINES: list[Any] = [
    *(
        [],
        None,
        "none",
        7,
        {},
        [{}],
        [None],
        [1, "x", None, [], {"name": "late"}],
        [{"name": None, "price": "2"}],
        "[]",
    ),
    *([{"name": "a"}, {"name": "b", "price": 2}], [{"price": 1.5}, {"name": {"name": "deep"}, "price": True}]),
    *([{"name": "Ж😀", "price": 1e8}], [{"other": [1, 2], "name": ["x"]}] * 3),
]


def properties() -> list[dict[str, Any]]:
    """Each nasty value under each name, alone, in company and beside lines; and each nasty list of lines."""
    alone = [{"name": value} for value in VALUES]
    company = [{"z": "1", name: value, "last": 1} for name in NAMES for value in ("v", 2, None)]
    nested = [{"before": {"name": "not me"}, "name": value, "after": [{"name": "nor me"}]} for value in VALUES]
    only_inner = [
        {"before": {"name": "not me"}},
        {"before": [{"name": "not me"}]},
        {},
        {"name,": 1},
        {'x,"name': "trap"},
    ]
    return [*alone, *company, *nested, *only_inner, *({"name": "order", "products": lines} for lines in LINES)]


def frame() -> pl.DataFrame:
    """The same as events of the lake."""
    return pl.DataFrame(
        [row(place, properties=write(each)) for place, each in enumerate(properties())], schema=EVENT_COLUMNS
    )


def write(properties: dict[str, Any]) -> str:
    """As the lake keeps them."""
    return _encode(properties).decode()


def read(event: dict[str, Any], name: str) -> str | None:
    """One property as text."""
    value = event.get(name)
    return value if value is None or isinstance(value, str) else _encode(value).decode()


def read_lines(event: dict[str, Any], names: list[str]) -> list[tuple[int | None, ...] | tuple[int | str | None, ...]]:
    """The number of each line, and its properties as text."""
    lines = event.get("products")
    if not isinstance(lines, list) or not lines:
        return [(None, *(None for _ in names))]
    return [
        (number, *(read(line if isinstance(line, dict) else {}, name) for name in names))
        for number, line in enumerate(lines, 1)
    ]
