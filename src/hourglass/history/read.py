"""Reading the hot history of many people at once, as one frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import polars as pl
from msgspec import Struct
from psycopg import sql

from hourglass.history.columns import TYPED
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction, read_frame

_BASE = {"profile_id": pl.Int64(), "event": pl.Int32(), "at": pl.Datetime("us", "UTC"), "seq": pl.Int64()}


class Wanted(Struct, frozen=True, kw_only=True):
    """What is to be read: event name ids, how far back (None: everything), and properties by name."""

    names: Sequence[int]
    since: datetime | None
    properties: Sequence[str]


def read_history(
    tx: Transaction, workspace_id: WorkspaceId, profile_ids: Iterable[int], wanted: Wanted
) -> pl.DataFrame:
    """Columns profile_id, event (name id), at, seq and one per property: typed ones as they are, others as text."""
    schema = _BASE | {name: TYPED.get(name, pl.String()) for name in wanted.properties}
    people = list(profile_ids)
    if not people or not wanted.names:
        return pl.DataFrame(schema=schema)
    columns = [_column(name) for name in wanted.properties]
    # The identities are looked up first and then each one's events by its index: a hash join would read the table.
    statement = sql.SQL(
        """SELECT i.profile_id, e.name_id, e.at, e.seq {columns}
           FROM identities i
           JOIN LATERAL (
             SELECT * FROM events e
             WHERE e.identity_id = i.id AND e.workspace_id = %(workspace_id)s
               AND e.name_id = ANY(%(names)s::int[]) {since}) e ON true
           WHERE i.workspace_id = %(workspace_id)s AND i.profile_id = ANY(%(people)s::bigint[])"""
    ).format(
        columns=sql.SQL("").join(sql.SQL(", {}").format(column) for column in columns),
        since=sql.SQL("AND e.at >= %(since)s" if wanted.since else ""),
    )
    values = {"workspace_id": workspace_id, "names": list(wanted.names), "people": people, "since": wanted.since}
    return read_frame(tx, statement.as_string(tx), values, schema)


def _column(name: str) -> sql.Composable:
    return sql.Identifier("e", name) if name in TYPED else sql.SQL("e.properties->>{}").format(sql.Literal(name))
