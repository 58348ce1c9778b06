"""Fields out of JSON columns of millions of events, whatever clients wrote into them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

import msgspec
import polars as pl
from polars.exceptions import ComputeError

_decode = msgspec.json.Decoder(dict[str, Any]).decode


def opened(column: str, fields: Sequence[str], items: Mapping[str, Sequence[str]] | None = None) -> pl.Expr:
    """The fields of a JSON object as a struct of texts; `items`: fields that are lists of objects, with theirs.

    What is missing, or an object where a plain value should be, is null.
    """
    lists = items or {}
    shape = pl.Struct({name: pl.String() for name in fields} | {name: _list(lists[name]) for name in lists})

    def read(texts: pl.Series) -> pl.Series:
        try:
            return texts.str.json_decode(shape)
        except ComputeError:
            # One strange row would fail them all: this batch row by row, and strange fields left out.
            rows = [_row(text, fields, lists) for text in texts]
            return pl.Series(texts.name, rows, dtype=shape)

    return pl.col(column).map_batches(read, return_dtype=shape, is_elementwise=True)


def _list(fields: Sequence[str]) -> pl.List:
    return pl.List(pl.Struct({name: pl.String() for name in fields}))


def _row(text: str | None, fields: Sequence[str], lists: Mapping[str, Sequence[str]]) -> dict[str, Any] | None:
    if text is None:
        return None
    try:
        told = _decode(text)
    except msgspec.DecodeError:
        return None
    row: dict[str, Any] = {name: _plain(told.get(name)) for name in fields}
    for name, wanted in lists.items():
        objects = _objects(told.get(name))
        row[name] = [{field: _plain(one.get(field)) for field in wanted} for one in objects]
    return row


def _objects(value: object) -> list[dict[str, Any]]:
    found = cast("list[object]", value) if isinstance(value, list) else []
    return [cast("dict[str, Any]", one) for one in found if isinstance(one, dict)]


def _plain(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return None if isinstance(value, dict | list) else msgspec.json.encode(value).decode()
