"""Everybody of a workspace with what conditions want to know of them beside their events."""

from __future__ import annotations

import threading
from collections.abc import Collection
from pathlib import Path

import polars as pl
from msgspec import Struct

from hourglass.audience.facts import read_whole_facts
from hourglass.kernel import WorkspaceId, monotonic
from hourglass.postgres import Database, Queries, read_packed

_queries = Queries(Path(__file__).with_name("build.sql"))
_FRESH = 30.0
_SOON = 10.0
RANK = "rank"
"""Of everybody in memory: 0 for whom a list shows first, contacts before visitors, the latest first."""


def everybody(database: Database, workspace_id: WorkspaceId, columns: Collection[str]) -> pl.DataFrame:
    """`subject` and these columns, a row a person, by number; read column by column."""
    with database.transaction() as tx:
        found = read_packed(tx, _queries.sql("everybody"), {"workspace_id": workspace_id}, {"profile_id": pl.Int64})
    return read_whole_facts(database, workspace_id, found, columns).rename({"profile_id": "subject"})


class _Kept(Struct, frozen=True, kw_only=True):
    workspace_id: WorkspaceId
    people: pl.DataFrame
    read_at: float


class Everybody:
    """The same for those who ask often, with `RANK`: what was read stays good for half a minute.

    Only the latest answer is kept. Who goes on asking does not wait: it is read anew meanwhile.
    """

    def __init__(self) -> None:
        self._kept: _Kept | None = None
        self._lock = threading.Lock()
        self._renewing = False

    def read(self, database: Database, workspace_id: WorkspaceId, columns: Collection[str]) -> pl.DataFrame:
        """At most half a minute old."""
        with self._lock:
            kept = self._kept
        if kept is None or kept.workspace_id != workspace_id or monotonic() - kept.read_at > _FRESH:
            return self._renew(database, workspace_id, set(columns))
        missing = set(columns) - set(kept.people.columns)
        if missing:
            people = kept.people.rename({"subject": "profile_id"})
            more = read_whole_facts(database, workspace_id, people, missing).rename({"profile_id": "subject"})
            kept = self._keep(_Kept(workspace_id=workspace_id, people=more, read_at=kept.read_at))
        elif monotonic() - kept.read_at > _SOON:
            self._renew_meanwhile(database, workspace_id, set(columns))
        return kept.people

    def forget(self) -> None:
        """Give the memory back."""
        with self._lock:
            self._kept = None

    def _renew(self, database: Database, workspace_id: WorkspaceId, columns: Collection[str]) -> pl.DataFrame:
        read_at = monotonic()
        with database.transaction() as tx:
            schema = {"profile_id": pl.Int64, "known": pl.Boolean, "seen": pl.Datetime("us", "UTC")}
            found = read_packed(tx, _queries.sql("ranked"), {"workspace_id": workspace_id}, schema)
        rank = pl.struct(~pl.col("known"), -pl.col("seen").dt.timestamp("us")).rank("ordinal").cast(pl.UInt32)
        people = found.select("profile_id", rank.alias(RANK))
        people = read_whole_facts(database, workspace_id, people, columns).rename({"profile_id": "subject"})
        return self._keep(_Kept(workspace_id=workspace_id, people=people, read_at=read_at)).people

    def _renew_meanwhile(self, database: Database, workspace_id: WorkspaceId, columns: Collection[str]) -> None:
        with self._lock:
            if self._renewing:
                return
            self._renewing = True

        def renew() -> None:
            try:
                self._renew(database, workspace_id, columns)
            finally:
                self._renewing = False

        threading.Thread(target=renew, daemon=True).start()

    def _keep(self, kept: _Kept) -> _Kept:
        with self._lock:
            self._kept = kept
        return kept
