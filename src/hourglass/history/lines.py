"""Reading the lines of the orders and carts of many people at once: one row a line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import LiteralString, cast

import polars as pl
from psycopg import sql

from hourglass.history.columns import TYPED
from hourglass.history.read import BASE, Wanted, column
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction, json_field, read_frame

_queries = Queries(Path(__file__).with_name("queries.sql"))
_OF_LINE = "products."


def read_lines(tx: Transaction, workspace_id: WorkspaceId, profile_ids: Iterable[int], wanted: Wanted) -> pl.DataFrame:
    """Like `read_history`, with `line` and, as text, the properties called `products.<name>`.

    An event without lines is one row whose line says nothing.
    """
    schema = BASE | {"line": pl.Int64()} | {name: TYPED.get(name, pl.String()) for name in wanted.properties}
    people = list(profile_ids)
    if not people or not wanted.names:
        return pl.DataFrame(schema=schema)
    columns = [_line_column(name) if name.startswith(_OF_LINE) else column(name) for name in wanted.properties]
    statement = sql.SQL(cast("LiteralString", _queries.sql("read_lines"))).format(
        columns=sql.SQL("").join(sql.SQL(", {}").format(one) for one in columns),
        since=sql.SQL("AND e.at >= %(since)s" if wanted.since else ""),
    )
    values = {"workspace_id": workspace_id, "names": list(wanted.names), "people": people, "since": wanted.since}
    return read_frame(tx, statement.as_string(tx), values, schema)


def _line_column(name: str) -> sql.Composable:
    return json_field(sql.Identifier("l", "line"), name.removeprefix(_OF_LINE))
