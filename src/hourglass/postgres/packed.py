"""The quickest way to read many rows of numbers and short words: PostgreSQL packs each column into one value.

A row on its own costs the driver about a microsecond; a packed column is turned into numbers without looking at rows.
Missing values travel as a stand-in; should a real value look like it, the counts differ and the plain way is taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from hourglass.postgres.arrays import literal_parameters
from hourglass.postgres.database import Transaction
from hourglass.postgres.frames import EPOCH_US, read_frame

if TYPE_CHECKING:
    import polars as pl
    from polars._typing import PolarsDataType

_SEPARATOR, _MISSING = "\x1f", "\x1e"
_ARRAY_HEAD = 20


class _Wire(Struct, frozen=True):
    """How a fixed-width type travels: the SQL that casts it, the stand-in for a missing value, the bytes of an item."""

    cast: str
    missing: str
    item: str


def read_packed(
    tx: Transaction, query: str, parameters: Mapping[str, Any], schema: Mapping[str, PolarsDataType]
) -> pl.DataFrame:
    """Like `read_frame`, two to three times faster; the whole of a text column must stay below 1 GB."""
    import polars as pl

    with tx.cursor(binary=True) as cursor:
        cursor.execute(_packing(query, list(schema.values())).encode(), literal_parameters(parameters))
        result = cursor.pgresult
        assert result is not None
        values = [result.get_value(0, field) for field in range(result.nfields)]
    rows = _number(values[0])
    if not rows:
        return pl.DataFrame(schema=dict(schema))
    found = zip(schema.items(), map(_number, values[1::2]), values[2::2], strict=True)
    columns = [_unpack(kind, data or b"", rows, present).alias(name) for (name, kind), present, data in found]
    if any(column.is_empty() for column in columns):
        return read_frame(tx, query, parameters, schema)
    return pl.DataFrame(columns)


def _packing(query: str, kinds: Sequence[PolarsDataType]) -> str:
    names = [f"c{number}" for number in range(len(kinds))]
    packed = ", ".join(f"count({name}), {_pack(name, kind)}" for name, kind in zip(names, kinds, strict=True))
    return f"SELECT count(*), {packed} FROM ({query}) AS q ({', '.join(names)})"  # noqa: S608 - the caller's own query


def _pack(name: str, kind: PolarsDataType) -> str:
    wire = _wires().get(kind.base_type())
    if wire is None:
        return f"string_agg(coalesce({name}::text, E'\\x1e'), E'\\x1f')"
    return f"array_agg(coalesce({name}::{wire.cast}, '{wire.missing}'))"


def _unpack(kind: PolarsDataType, data: bytes, rows: int, present: int) -> pl.Series:
    """One column; an empty one says that the stand-ins could not be told from real values."""
    import numpy as np
    import polars as pl

    wire = _wires().get(kind.base_type())
    if wire is None:
        column = pl.Series([data.decode()]).str.split(_SEPARATOR).explode()
        missing: Any = _MISSING
    else:
        items = np.frombuffer(data, np.dtype([("length", ">i4"), ("value", wire.item)]), rows, _ARRAY_HEAD)["value"]
        column = pl.Series(items.astype(items.dtype.newbyteorder("=")))
        missing = float("nan") if wire.missing == "NaN" else np.iinfo(items.dtype).min
    if present < rows:
        column = column.to_frame().select(pl.when(pl.first() != missing).then(pl.first())).to_series()
    if len(column) != rows or column.count() != present:
        return column.clear()
    return (column + EPOCH_US).cast(pl.Datetime("us", "UTC")) if kind == pl.Datetime else column.cast(kind)


def _number(data: bytes | None) -> int:
    return int.from_bytes(data or b"", "big")


@cache
def _wires() -> dict[Any, _Wire]:
    import polars as pl

    return {
        pl.Int64: _Wire("bigint", str(-(2**63)), ">i8"),
        pl.Int32: _Wire("integer", str(-(2**31)), ">i4"),
        pl.Int16: _Wire("smallint", str(-(2**15)), ">i2"),
        pl.Float64: _Wire("double precision", "NaN", ">f8"),
        pl.Boolean: _Wire("integer::smallint", str(-(2**15)), ">i2"),
        pl.Datetime: _Wire("timestamptz", "-infinity", ">i8"),
    }
