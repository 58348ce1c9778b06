"""Rows from one database into another, as PostgreSQL packs them: nobody unpacks them on the way."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, LiteralString, cast

from psycopg import sql

from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("copying.sql"))


def copy_rows(
    source: Transaction,
    target: Transaction,
    queries: Queries,
    name: str,
    values: Mapping[str, Any],
    table: str | None = None,
    into: str | None = None,
) -> None:
    """The rows that a query gives of `table` (else the one of its name), into that table of the other database.

    `into`: a table like it. The query says `{columns}` where its columns go: all that can be written.
    """
    columns = [sql.Identifier(str(row[0])) for row in _queries.tuples(target, "columns", tab=table or name)]
    listed = sql.SQL(", ").join(columns)
    text = queries.sql(name)
    rows = sql.SQL(cast("LiteralString", text.strip().rstrip(";"))).format(columns=listed)
    out = sql.SQL("COPY ({}) TO STDOUT (FORMAT binary)").format(rows)
    back = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(sql.Identifier(into or table or name), listed)
    with source.cursor().copy(out, dict(values)) as reading, target.cursor().copy(back) as writing:
        for piece in reading:
            writing.write(piece)
