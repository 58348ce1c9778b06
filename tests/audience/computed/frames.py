"""The same small frames on every engine, so that an expression can be asked twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import duckdb
import narwhals as nw
import polars as pl

from hourglass.audience.computed.sources import Frame, Sources

Put = Callable[[str, pl.DataFrame], Frame]
Row = dict[str, Any]

PEOPLE = {"profile_id": pl.Int64, "known": pl.Boolean, "subscribed": pl.Boolean}
ORDERS = {"profile_id": pl.Int64, "order_id": pl.String, "at": pl.Int64, "day": pl.Int64, "net": pl.Int64}
BOUGHT = {
    "profile_id": pl.Int64, "order_id": pl.String, "product_id": pl.String, "category": pl.String, "brand": pl.String,
    "quantity": pl.Int64, "price": pl.Int64, "deal": pl.Boolean,
}  # fmt: skip
ACTS = {
    "profile_id": pl.Int64, "event": pl.String, "at": pl.Int64, "hour": pl.Int64, "weekday": pl.Int64,
    "category": pl.String,
}  # fmt: skip
PRAISE = {"profile_id": pl.Int64, "at": pl.Int64}
MESSAGES = {
    "profile_id": pl.Int64, "event": pl.String, "at": pl.Int64, "channel": pl.String, "message": pl.String,
}  # fmt: skip
ORDER_EVENTS = {
    "profile_id": pl.Int64, "order_id": pl.String, "event": pl.String, "message_id": pl.String, "at": pl.Int64,
    "day": pl.Int64, "revenue": pl.Int64, "currency": pl.String, "told": pl.Boolean, "lines": pl.Int64,
}  # fmt: skip


def on_polars(name: str, frame: pl.DataFrame) -> Frame:
    """Lazy, as the lake gives them."""
    return nw.from_native(frame.lazy())


def on_duckdb() -> Put:
    """An engine of SQL, as Spark is one; all frames in one database."""
    connection = duckdb.connect()

    def put(name: str, frame: pl.DataFrame) -> Frame:
        columns = ", ".join(f'"{column}" {_SQL[type(kind)]}' for column, kind in frame.schema.items())
        connection.execute(f"CREATE TABLE {name} ({columns})")
        if frame.height:
            connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * frame.width)})", frame.rows())
        return nw.from_native(connection.table(name))

    return put


_SQL: dict[type[pl.DataType], str] = {pl.Int64: "BIGINT", pl.String: "VARCHAR", pl.Boolean: "BOOLEAN"}


def table(schema: dict[str, Any], rows: Sequence[Row]) -> pl.DataFrame:
    """Rows as a frame; what a row leaves out is null."""
    return pl.DataFrame(list(rows), schema=schema)


def sources(put: Put, **rows: Sequence[Row]) -> Sources:
    """Frames from rows by name; those not named are empty."""
    schemas = {
        "people": PEOPLE, "orders": ORDERS, "bought": BOUGHT, "acts": ACTS, "praise": PRAISE, "messages": MESSAGES,
    }  # fmt: skip
    return Sources(**{name: put(name, table(schema, rows.get(name, ()))) for name, schema in schemas.items()})


def answers(frame: Frame, keys: Sequence[str] = ("profile_id",)) -> list[Row]:
    """The rows of an answer, in the order of their keys, decimals and wide integers as plain numbers."""
    found = frame.collect("polars").rows(named=True)
    rows = [{name: _plain(value) for name, value in row.items()} for row in found]
    return sorted(rows, key=lambda row: tuple(row[key] for key in keys))


def _plain(value: object) -> object:
    return round(value, 9) if isinstance(value, float) else value
