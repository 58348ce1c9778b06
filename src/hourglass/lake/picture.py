"""What the lake holds at one moment: the files of the table, and what was processed but waits in the queue."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import polars as pl
from deltalake import DeltaTable
from msgspec import Struct

from hourglass.lake import store
from hourglass.lake.lock import Lock, waiting_for
from hourglass.lake.queue import unpack
from hourglass.lake.table import DataFile, data_files, find_table, last_batch
from hourglass.postgres import Database, Transaction

_ATTEMPTS = 3


class Picture(Struct, frozen=True, kw_only=True):
    """Every processed event once: in a file, or in the frame of those that wait."""

    files: list[DataFile]
    waiting: pl.DataFrame

    def paths(self, since: datetime | None = None) -> list[str]:
        """The files that may hold events since a moment."""
        first = "" if since is None else f"{since.astimezone(UTC):%Y-%m}"
        return [file.path for file in self.files if file.month >= first]


def look(database: Database, data: Path, *, attempts: int = _ATTEMPTS) -> Picture:
    """The lake as of now, including what is not flushed yet.

    Nobody is locked out as long as no append comes between; when that happened `attempts` times, flushing has to wait
    for a moment. Raises Unavailable when the database is away.
    """
    for _ in range(attempts):
        written = last_batch(find_table(data))
        with database.transaction() as tx:
            waiting = _waiting(tx, written)
        table = find_table(data)
        if last_batch(table) == written:
            return Picture(files=_files(data, table), waiting=waiting)
    with waiting_for(database, Lock.APPEND) as connection:
        table = find_table(data)
        return Picture(files=_files(data, table), waiting=_waiting(connection, last_batch(table)))


def _waiting(tx: Transaction, written: int) -> pl.DataFrame:
    return unpack(store.frames_not_in(tx, written))


def _files(data: Path, table: DeltaTable | None) -> list[DataFile]:
    return [] if table is None else data_files(data, table)
