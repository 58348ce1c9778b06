"""What the tests of the lake share."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from hourglass.lake import enqueue, flush
from hourglass.postgres import Database
from tests.lake.facts import NOW


class Lake:
    """A lake with its database, driven as a tick and a flusher drive it."""

    def __init__(self, database: Database, data: Path) -> None:
        self.database = database
        self.data = data
        self.folder = data / "lake" / "events"

    def enqueue(self, *frames: pl.DataFrame) -> None:
        """Each frame by a tick of its own."""
        for frame in frames:
            with self.database.transaction() as tx:
                enqueue(tx, "events", frame)

    def add(self, *frames: pl.DataFrame) -> None:
        """Enqueue, and flush after each."""
        for frame in frames:
            self.enqueue(frame)
            assert flush(self.database, self.data, NOW).rows == frame.height

    def ids(self) -> list[str]:
        """The messageId of every row in the files, as anybody can read them, sorted."""
        return sorted(pl.scan_delta(self.folder).select("message_id").collect()["message_id"])

    def waiting(self) -> int:
        """Rows in the queue."""
        with self.database.transaction() as tx:
            return tx.execute("SELECT coalesce(sum(rows), 0)::int FROM lake_queue").fetchall()[0][0]


@pytest.fixture
def lake(database: Database, data: Path) -> Lake:
    return Lake(database, data)
