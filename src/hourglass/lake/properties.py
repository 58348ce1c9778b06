"""Properties out of the JSON of events as columns of text, and the lines of orders as rows.

A text stands as it is, anything else as JSON, like PostgreSQL's `->>`; null and missing are null.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, cast

import msgspec
import polars as pl

from hourglass.kernel import field_of
from hourglass.lake.asked import JSON, LINE, LINES

_encode = msgspec.json.Encoder().encode
_FIELD = re.compile(r'[^"\\\x00-\x1f]+')
_SIMPLE = re.compile(r"[ !#-\[\]-~]+")
_VALUE = r'("[^"\\]*"|-?[0-9]{1,18}(?:\.[0-9]+)?|true|false|null)[,}]'
_JSON_COLUMN = pl.col(JSON)


def with_properties(events: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
    """A column of text for each name.

    Most events hold no objects in their properties, and there a short regular expression finds the value four times as
    fast as reading the JSON; only what it leaves open is read.
    """
    if not names:
        return events
    quick = [f"quick:{place}" for place in range(len(names))]
    guessed = [_guess(name).alias(column) for name, column in zip(names, quick, strict=True)]
    missed = [_may_have(name) & pl.col(column).is_null() for name, column in zip(names, quick, strict=True)]
    read = (
        pl.when(pl.any_horizontal(missed))
        .then(_JSON_COLUMN)
        .map_batches(_reader(names), _texts(names), is_elementwise=True)
    )
    return (
        events.with_columns(guessed)
        .with_columns(read.alias("read"))
        .with_columns(_either(name, column) for name, column in zip(names, quick, strict=True))
        .drop(*quick, "read")
    )


def with_lines(events: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
    """Each event once a line, with `line` and a text `products.NAME` for each name; without lines once, with nulls."""
    schema = events.drop(JSON).collect_schema()
    added = {LINE: pl.Int64, **{f"{LINES}{name}": pl.String for name in names}}
    return events.map_batches(
        _liner(names),
        predicate_pushdown=False,
        projection_pushdown=False,
        slice_pushdown=False,
        schema=pl.Schema({**schema, **added}),
        streamable=True,
    )


def _may_have(name: str) -> pl.Expr:
    """False only where the JSON cannot have the property, under its name or on the way that the name leads inside."""
    if not _SIMPLE.fullmatch(name):
        return pl.lit(value=True)
    has = _JSON_COLUMN.str.contains(f'"{name}"', literal=True)
    first, dot, _ = name.partition(".")
    return has | _JSON_COLUMN.str.contains(f'"{first}"', literal=True) if dot else has


def _guess(name: str) -> pl.Expr:
    """The value as it stands in the JSON, in its quotes; null where it has to be read."""
    if not _SIMPLE.fullmatch(name):
        return pl.lit(None, pl.String)
    # Without a second brace every key is one of the event itself. A quote inside a text has a backslash before it, so
    # brace or comma, quote, name, quote and colon are a key and nothing else.
    flat = _may_have(name) & (_JSON_COLUMN.str.count_matches("{", literal=True) == 1)
    return pl.when(flat).then(_JSON_COLUMN).str.extract(rf'[{{,]"{re.escape(name)}":{_VALUE}')


def _either(name: str, quick: str) -> pl.Expr:
    guess = pl.col(quick)
    bare = pl.when(guess != "null").then(guess).str.strip_chars('"')
    return pl.coalesce(bare, pl.col("read").struct.field(name)).alias(name)


def _texts(names: Sequence[str]) -> pl.Struct:
    return pl.Struct(dict.fromkeys(names, pl.String))


def _reader(names: Sequence[str]) -> Callable[[pl.Series], pl.Series]:
    shape = _Shape(names)
    decoder: Any = msgspec.json.Decoder(shape.type)

    def read(texts: pl.Series) -> pl.Series:
        rows = [None if text is None else decoder.decode(text) for text in texts.to_list()]
        return shape.columns(rows).to_struct(texts.name)

    return read


def _liner(names: Sequence[str]) -> Callable[[pl.DataFrame], pl.DataFrame]:
    shape = _Shape(names)
    event = msgspec.defstruct("Event", [("products", list[shape.type | None] | None, None)], gc=False)
    decoder: Any = msgspec.json.Decoder(event)

    def lines(text: str | None) -> Sequence[Any]:
        try:
            return () if text is None else decoder.decode(text).products or ()
        except msgspec.ValidationError:
            return _strange_lines(text or "", shape)

    def split(events: pl.DataFrame) -> pl.DataFrame:
        found = [lines(text) for text in events[JSON].to_list()]
        places = [place for place, each in enumerate(found) for _ in each or (None,)]
        numbers = [number for each in found for number in (range(1, len(each) + 1) if each else (None,))]
        columns = shape.columns([one for each in found for one in each or (None,)])
        columns = columns.rename({name: f"{LINES}{name}" for name in names})
        return events.drop(JSON)[places].with_columns(pl.Series(LINE, numbers, pl.Int64), *columns.get_columns())

    return split


def _strange_lines(text: str, shape: _Shape) -> Sequence[Any]:
    """Lines among things that are none."""
    products: Any = msgspec.json.decode(text).get("products")
    if not isinstance(products, list):
        return ()
    products = cast("list[Any]", products)
    return [msgspec.convert(one, shape.type) if isinstance(one, dict) else None for one in products]


class _Shape:
    """A JSON object of which only the named properties are read."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        # A struct skips what it does not know; but its fields cannot be called everything that JSON can.
        if all(_FIELD.fullmatch(name) for name in names):
            keys = list(dict.fromkeys([*names, *(name.partition(".")[0] for name in names)]))
            fields = [(f"f{place}", Any, msgspec.field(default=None, name=key)) for place, key in enumerate(keys)]
            self.type: Any = msgspec.defstruct("Shape", fields, gc=False)
            self._take: list[Callable[[Any], Any]] = [_taker(name, keys) for name in names]
        else:
            self.type = dict[str, Any]
            self._take = [partial(_field, name=name) for name in names]

    def columns(self, rows: Sequence[Any]) -> pl.DataFrame:
        """A column of texts a name; a row that is None has none."""
        return pl.DataFrame(
            [
                pl.Series(name, [None if row is None else _text(take(row)) for row in rows], pl.String)
                for name, take in zip(self._names, self._take, strict=True)
            ]
        )


def _taker(name: str, keys: Sequence[str]) -> Callable[[Any], Any]:
    """Takes the field of a struct with these keys; a name with a dot may lead inside another one."""
    whole = attrgetter(f"f{keys.index(name)}")
    first, dot, _ = name.partition(".")
    if not dot:
        return whole
    outer = attrgetter(f"f{keys.index(first)}")
    return lambda row: field_of({name: whole(row), first: outer(row)}, name)


def _field(row: dict[str, Any], name: str) -> Any:
    return field_of(row, name)


def _text(value: object) -> str | None:
    return value if value is None or isinstance(value, str) else _encode(value).decode()
