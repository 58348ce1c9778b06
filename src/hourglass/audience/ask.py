"""Answers conditions about many subjects at once from the hot history: people, or runs that count from their entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import LiteralString, cast

import polars as pl
from psycopg import sql

from hourglass.audience.compile import Compiled
from hourglass.history import EventNames, Wanted, read_history
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction, read_frame

_queries = Queries(Path(__file__).with_name("queries.sql"))
_COLUMNS = {"email": sql.SQL("coalesce(p.email, p.traits->>{})"), "phone": sql.SQL("coalesce(p.phone, p.traits->>{})")}
_TRAIT = sql.SQL("p.traits->>{}")


class Asker:
    """Reads what a compiled set of conditions needs about its subjects, and evaluates it."""

    def __init__(self, names: EventNames) -> None:
        self._names = names

    def ask(
        self, tx: Transaction, workspace_id: WorkspaceId, compiled: Compiled, subjects: pl.DataFrame, now: datetime
    ) -> pl.DataFrame:
        """`subjects`: subject, profile_id and, where only later events count, after_seq."""
        ids = subjects["profile_id"].unique().to_list()
        people = subjects.join(self._people(tx, workspace_id, compiled, ids), on="profile_id", how="left")
        names = self._names.ids(tx, workspace_id, compiled.needs.events, now)
        events = subjects.join(self._events(tx, workspace_id, compiled, ids, names, now), on="profile_id")
        if "after_seq" in subjects.columns:
            events = events.filter(pl.col("seq") > pl.col("after_seq"))
        return compiled.evaluate(people, events, now, names)

    def _events(
        self,
        tx: Transaction,
        workspace_id: WorkspaceId,
        compiled: Compiled,
        ids: list[int],
        names: Mapping[str, int],
        now: datetime,
    ) -> pl.DataFrame:
        windows = compiled.needs.events
        widest = [window for window in windows.values() if window is not None]
        since = now - max(widest) if widest and len(widest) == len(windows) else None
        wanted = Wanted(
            names=[names[name] for name in windows], since=since, properties=sorted(compiled.needs.properties)
        )
        return read_history(tx, workspace_id, ids, wanted)

    def _people(self, tx: Transaction, workspace_id: WorkspaceId, compiled: Compiled, ids: list[int]) -> pl.DataFrame:
        people = _traits(tx, workspace_id, sorted(compiled.needs.traits), ids)
        if compiled.needs.segments:
            people = people.join(
                _members(tx, workspace_id, sorted(compiled.needs.segments), ids), on="profile_id", how="left"
            )
        if compiled.needs.consents:
            people = people.join(
                _consents(tx, workspace_id, sorted(compiled.needs.consents), ids), on="profile_id", how="left"
            )
        return people


def _traits(tx: Transaction, workspace_id: WorkspaceId, names: list[str], ids: list[int]) -> pl.DataFrame:
    if not names:
        return pl.DataFrame({"profile_id": ids}, schema={"profile_id": pl.Int64})
    columns = [_COLUMNS.get(name, _TRAIT).format(sql.Literal(name)) for name in names]
    text = cast("LiteralString", _queries.sql("traits"))
    statement = sql.SQL(text).format(columns=sql.SQL(", ").join(columns))
    schema = {"profile_id": pl.Int64()} | {f"trait:{name}": pl.String() for name in names}
    return read_frame(tx, statement.as_string(tx), {"workspace_id": workspace_id, "ids": ids}, schema)


def _members(tx: Transaction, workspace_id: WorkspaceId, keys: list[str], ids: list[int]) -> pl.DataFrame:
    rows = _queries.tuples(tx, "members_by_key", workspace_id=workspace_id, keys=keys, ids=ids)
    return _flags(rows, [f"segment:{key}" for key in keys])


def _consents(
    tx: Transaction, workspace_id: WorkspaceId, wanted: list[tuple[str, str]], ids: list[int]
) -> pl.DataFrame:
    rows = _queries.tuples(tx, "consented", workspace_id=workspace_id, ids=ids)
    return _flags(rows, [f"consent:{channel}:{topic}" for channel, topic in wanted])


def _flags(rows: list[tuple[int, str]], columns: list[str]) -> pl.DataFrame:
    """(profile id, column) pairs to a frame of truths."""
    schema = {"profile_id": pl.Int64, "column": pl.String}
    long = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("column").is_in(columns))
    answers = [pl.col("column").eq(column).any().alias(column) for column in columns]
    return long.group_by("profile_id").agg(answers)
