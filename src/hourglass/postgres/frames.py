"""Tables of numbers and text to and from PostgreSQL, whole columns at a time.

Polars is loaded when first used, so that processes without frames stay small.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

from hourglass.postgres.database import Transaction

if TYPE_CHECKING:
    import polars


def read_frame(
    tx: Transaction, query: str, parameters: Mapping[str, Any], schema: Mapping[str, polars.DataType | type[polars.DataType]]
) -> polars.DataFrame:
    """The rows of a query as a frame; `schema` names the columns in order with their types."""
    import polars

    bound = psycopg.ClientCursor(tx).mogrify(query.encode(), parameters)
    buffer = BytesIO()
    with tx.cursor().copy(f"COPY ({bound}) TO STDOUT (FORMAT csv)".encode()) as copy:
        for block in copy:
            buffer.write(block)
    if not buffer.tell():
        return polars.DataFrame(schema=dict(schema))
    return polars.read_csv(buffer.getvalue(), has_header=False, schema=dict(schema))


def copy_frame(tx: Transaction, table: str, columns: Sequence[str], frame: polars.DataFrame) -> int:
    """Append these columns of a frame to a table; the number of rows."""
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with tx.cursor() as cursor:
        with cursor.copy(statement) as copy:
            copy.write(frame.select(columns).write_csv(include_header=False).encode())
        return cursor.rowcount
