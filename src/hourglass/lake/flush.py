"""From the queue into the Delta table, exactly once.

A batch of queue rows gets a number, and the append carries the number into the table's own log. So whatever a crash
interrupts, the table itself answers whether it holds the batch: then the rows go, otherwise they are appended again.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl
from deltalake import CommitProperties, DeltaTable, Transaction, write_deltalake
from deltalake.exceptions import DeltaError
from msgspec import Struct

from hourglass.kernel import Unavailable, monotonic
from hourglass.lake import store
from hourglass.lake.durable import settle
from hourglass.lake.lock import Lock, holding
from hourglass.lake.queue import unpack
from hourglass.lake.schema import MONTH, month_of
from hourglass.lake.table import APPLICATION, WRITER, folder_of, last_batch, open_table
from hourglass.postgres import Database
from hourglass.postgres import Transaction as Connection

MAX_ROWS = 100_000
MAX_BYTES = 16 * 2**20
MAX_FRAMES = 10_000


class FlushReport(Struct, frozen=True, kw_only=True):
    """What one flush did; `more`: something still waits, because it was too much for one append or another is at it."""

    rows: int = 0
    files: int = 0
    seconds: float = 0.0
    more: bool = False


def flush(
    database: Database, data: Path, now: datetime, *, max_rows: int = MAX_ROWS, max_bytes: int = MAX_BYTES
) -> FlushReport:
    """Append what waits in the queue to the table of events in the data folder, about `max_rows` rows at most.

    Any number of processes may call it; it does nothing while another flush runs. Raises Unavailable when the lake or
    the database cannot be written; nothing is lost by that.
    """
    with database.transaction() as tx:
        if not store.anything_waiting(tx):
            return FlushReport()
    with holding(database, Lock.APPEND) as connection:
        if connection is None:
            return FlushReport(more=True)
        return flush_locked(connection, data, now, max_rows=max_rows, max_bytes=max_bytes)


def flush_locked(
    connection: Connection, data: Path, now: datetime, *, max_rows: int = MAX_ROWS, max_bytes: int = MAX_BYTES
) -> FlushReport:
    """The same for one who holds the lock already."""
    started = monotonic()
    try:
        table = open_table(data)
        batch = _next_batch(connection, last_batch(table), max_rows, max_bytes)
        if batch is None:
            return FlushReport()
        frame = unpack(store.frames_of_batch(connection, batch))
        append(table, frame, batch, now)
        files = settle(folder_of(data), table)
    except (OSError, DeltaError) as error:
        raise Unavailable(f"The lake in {data} cannot be written: {error}") from error
    store.forget_written(connection, batch)
    more = store.anything_waiting(connection)
    return FlushReport(rows=frame.height, files=files, seconds=monotonic() - started, more=more)


def append(table: DeltaTable, frame: pl.DataFrame, batch: int, now: datetime) -> None:
    """One commit that holds these rows and the number of their batch; a second one with the same number fails."""
    write_deltalake(
        table,
        frame.with_columns(month_of(pl.col("at")).alias(MONTH)),
        mode="append",
        schema_mode="merge",
        writer_properties=WRITER,
        commit_properties=CommitProperties(
            app_transactions=[Transaction(APPLICATION, batch, int(now.timestamp() * 1000))],
            custom_metadata={"flushedAt": now.isoformat()},
        ),
    )


def _next_batch(connection: Connection, written: int, max_rows: int, max_bytes: int) -> int | None:
    """The batch to append now: the one a crash left behind exactly as it was, or a new one; None when nothing waits."""
    store.forget_written(connection, written)
    left = store.unfinished_batch(connection)
    if left is not None:
        return left
    batch = written + 1
    claimed = store.claim(connection, batch, max_rows=max_rows, max_bytes=max_bytes, max_frames=MAX_FRAMES)
    return batch if claimed else None
