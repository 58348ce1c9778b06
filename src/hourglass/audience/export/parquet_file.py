"""Parquet with typed columns, written a row group at a time while the members are read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

import polars as pl
from polars.io.plugins import register_io_source

from hourglass.audience.export.fields import Field, Fields, Member, as_text

_ROW_GROUP = 50_000
_TYPES: dict[str, pl.DataType] = {
    "integer": pl.Int64(),
    "boolean": pl.Boolean(),
    "moment": pl.Datetime("us", "UTC"),
    "text": pl.String(),
}


def write_parquet(blocks: Iterator[list[Member]], fields: Fields, file: BinaryIO) -> int:
    """Numbers, truths and moments in their own types, everything else as text; how many members."""
    schema = {field.name: _TYPES[field.type] for field in fields.columns}
    rows = 0

    def frames(*_hints: object) -> Iterator[pl.DataFrame]:
        nonlocal rows
        for block in blocks:
            rows += len(block)
            yield pl.DataFrame([_column(field, block) for field in fields.columns])

    register_io_source(frames, schema=schema).sink_parquet(file, row_group_size=_ROW_GROUP)
    return rows


def _column(field: Field, block: list[Member]) -> pl.Series:
    values = [field.read(member) for member in block]
    if field.type == "text":
        values = [as_text(value) for value in values]
    return pl.Series(field.name, values, dtype=_TYPES[field.type])
