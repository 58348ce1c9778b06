"""Everybody of a workspace with what conditions want to know of them beside their events."""

from __future__ import annotations

import threading
from collections.abc import Collection
from pathlib import Path

import polars as pl

from hourglass.audience.facts import read_facts
from hourglass.kernel import WorkspaceId, monotonic
from hourglass.postgres import Database, Queries, read_packed

_queries = Queries(Path(__file__).with_name("build.sql"))
_AT_ONCE = 50_000
_FRESH = 30.0


def everybody(database: Database, workspace_id: WorkspaceId, columns: Collection[str]) -> pl.DataFrame:
    """`subject` and these columns, a row a person; read in pieces, so that neither side holds much at once."""
    with database.transaction() as tx:
        found = read_packed(tx, _queries.sql("everybody"), {"workspace_id": workspace_id}, {"subject": pl.Int64})
    if not columns:
        return found
    pieces: list[pl.DataFrame] = []
    for start in range(0, max(1, found.height), _AT_ONCE):
        ids = found["subject"].slice(start, _AT_ONCE).to_list()
        with database.transaction() as tx:
            pieces.append(read_facts(tx, workspace_id, columns, ids))
    return pl.concat(pieces).rename({"profile_id": "subject"})


class Everybody:
    """The same for those who ask often: what was read stays good for half a minute; only the latest answer is kept."""

    def __init__(self) -> None:
        self._kept: tuple[WorkspaceId, frozenset[str], float, pl.DataFrame] | None = None
        self._lock = threading.Lock()

    def read(self, database: Database, workspace_id: WorkspaceId, columns: Collection[str]) -> pl.DataFrame:
        """At most half a minute old."""
        wanted = frozenset(columns)
        with self._lock:
            kept = self._kept
        if kept and kept[0] == workspace_id and wanted <= kept[1] and monotonic() - kept[2] < _FRESH:
            return kept[3]
        read_at = monotonic()
        found = everybody(database, workspace_id, wanted)
        with self._lock:
            self._kept = (workspace_id, wanted, read_at, found)
        return found
