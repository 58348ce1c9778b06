"""Tables of numbers and text to and from PostgreSQL, whole columns at a time.

Polars is loaded when first used, so that processes without frames stay small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

from psycopg import sql
from psycopg.types.numeric import Int8BinaryLoader

from hourglass.postgres.arrays import literal_parameters
from hourglass.postgres.database import Transaction

if TYPE_CHECKING:
    import polars as pl
    from polars._typing import PolarsDataType

EPOCH_US = 946_684_800_000_000  # PostgreSQL counts microseconds from the year 2000
_BATCH = 10_000  # tuples alive at a time: few enough that the garbage collector stays out of it


def read_frame(
    tx: Transaction, query: str, parameters: Mapping[str, Any], schema: Mapping[str, PolarsDataType]
) -> pl.DataFrame:
    """The rows of a query as a frame; `schema` names the columns in their order, with their types.

    Times come as `Datetime("us", "UTC")`, jsonb as String (cast it in the query: `properties::text`).
    """
    import polars as pl

    wire = {
        name: pl.Int64 if isinstance(kind, pl.Datetime) or kind is pl.Datetime else kind
        for name, kind in schema.items()
    }
    with tx.cursor(binary=True) as cursor:
        # A time stays the integer it is on the wire; making Python objects of it would take most of the time.
        cursor.adapters.register_loader("timestamptz", Int8BinaryLoader)
        cursor.execute(query.encode(), literal_parameters(parameters))
        batches: list[pl.DataFrame] = []
        while rows := cursor.fetchmany(_BATCH):
            columns = zip(wire.items(), zip(*rows, strict=True), strict=True)
            batches.append(pl.DataFrame([pl.Series(name, c, dtype=kind) for (name, kind), c in columns]))
    frame = pl.concat(batches) if batches else pl.DataFrame(schema=wire)
    times = [name for name, kind in schema.items() if wire[name] != kind]
    return frame.with_columns((pl.col(times) + EPOCH_US).cast(pl.Datetime("us", "UTC"))) if times else frame


def copy_frame(tx: Transaction, table: str, columns: Sequence[str], frame: pl.DataFrame | pl.LazyFrame) -> int:
    """Append these columns of a frame to a table; the number of rows."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with tx.cursor() as cursor:
        with cursor.copy(statement) as copy:
            text = BytesIO()
            rows = frame.lazy().select(columns)
            rows.sink_csv(text, include_header=False, quote_style="non_numeric", engine="in-memory")
            copy.write(text.getbuffer())
        return cursor.rowcount
