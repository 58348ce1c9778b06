"""Reading the hot history of many people at once, as one frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import LiteralString, cast

import polars as pl
from msgspec import Struct
from psycopg import sql

from hourglass.history.columns import TYPED
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction, json_field, read_packed

_queries = Queries(Path(__file__).with_name("queries.sql"))
BASE = {"profile_id": pl.Int64(), "event": pl.Int32(), "at": pl.Datetime("us", "UTC"), "seq": pl.Int64()}


class Wanted(Struct, frozen=True, kw_only=True):
    """What is to be read: event name ids, how far back (None: everything), and properties by name."""

    names: Sequence[int]
    since: datetime | None
    properties: Sequence[str]


def read_history(
    tx: Transaction, workspace_id: WorkspaceId, profile_ids: Iterable[int], wanted: Wanted
) -> pl.DataFrame:
    """Columns profile_id, event (name id), at, seq and one per property: typed ones as they are, others as text."""
    schema = BASE | {name: TYPED.get(name, pl.String()) for name in wanted.properties}
    people = list(profile_ids)
    if not people or not wanted.names:
        return pl.DataFrame(schema=schema)
    columns = [column(name) for name in wanted.properties]
    statement = sql.SQL(cast("LiteralString", _queries.sql("read"))).format(
        columns=sql.SQL("").join(sql.SQL(", {}").format(one) for one in columns),
        since=sql.SQL("AND e.at >= %(since)s" if wanted.since else ""),
    )
    values = {"workspace_id": workspace_id, "names": list(wanted.names), "people": people, "since": wanted.since}
    return read_packed(tx, statement.as_string(tx), values, schema)


def column(name: str) -> sql.Composable:
    """How a property of an event is read: a column of its own, or out of the JSON."""
    return sql.Identifier("e", name) if name in TYPED else json_field(sql.Identifier("e", "properties"), name)
