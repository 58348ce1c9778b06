"""The lake's statements in PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl
from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.lake.schema import EVENTS
from hourglass.postgres import Queries, Transaction, read_frame

_queries = Queries(Path(__file__).with_name("queries.sql"))


class Erasure(Struct, frozen=True, kw_only=True):
    """A person whose rows are to leave the lake."""

    id: int
    profile_id: int
    identity_ids: list[int]


# ── queue ────────────────────────────────────────────────────────────────────
def add_frame(tx: Transaction, tab: str, rows: int, payload: bytes) -> None:
    """Put a frame into the queue."""
    _queries.execute(tx, "enqueue", tab=tab, rows=rows, payload=payload)


def anything_waiting(tx: Transaction) -> bool:
    """Whether there is something to flush."""
    return bool(_queries.scalar(tx, "anything_waiting", tab=EVENTS))


def unfinished_batch(tx: Transaction) -> int | None:
    """The batch that a crash left behind, if any."""
    return _queries.scalar(tx, "unfinished_batch", tab=EVENTS)


def claim(tx: Transaction, batch: int, *, max_rows: int, max_bytes: int, max_frames: int) -> int:
    """Put what waits, oldest first, into a batch; the number of frames."""
    return _queries.execute(
        tx, "claim", tab=EVENTS, batch=batch, max_rows=max_rows, max_bytes=max_bytes, max_frames=max_frames
    )


def frames_of_batch(tx: Transaction, batch: int) -> list[bytes]:
    """The frames of a batch in their order."""
    return [row[0] for row in _queries.tuples(tx, "frames_of_batch", tab=EVENTS, batch=batch)]


def frames_not_in(tx: Transaction, written: int) -> list[bytes]:
    """The frames that a table whose last batch is `written` does not hold."""
    return [row[0] for row in _queries.tuples(tx, "frames_not_in", tab=EVENTS, written=written)]


def forget_written(tx: Transaction, written: int) -> None:
    """Remove what the table holds."""
    _queries.execute(tx, "forget_written", tab=EVENTS, written=written)


# ── locks ────────────────────────────────────────────────────────────────────
def try_lock(tx: Transaction, lock: int) -> bool:
    """Take a lock for as long as the connection lives; False when somebody has it."""
    return bool(_queries.scalar(tx, "try_lock", lock=lock))


def wait_for_lock(tx: Transaction, lock: int, milliseconds: int) -> None:
    """The same, waiting for it; psycopg raises LockNotAvailable when the time is up."""
    _queries.scalar(tx, "be_patient", milliseconds=milliseconds)
    _queries.scalar(tx, "wait_for_lock", lock=lock)


def release_locks(tx: Transaction) -> None:
    """Give back all locks of this connection."""
    _queries.scalar(tx, "release_locks")


# ── people, live ─────────────────────────────────────────────────────────────
def same_moment(tx: Transaction) -> None:
    """Let everything this transaction reads be from one moment; to be said first."""
    _queries.execute(tx, "same_moment")


def read_rows(tx: Transaction, name: str, workspace_id: WorkspaceId, schema: pl.Schema) -> pl.DataFrame:
    """The rows of one of the live queries as a frame."""
    return read_frame(tx, _queries.sql(name), {"workspace_id": workspace_id}, schema)


# ── erasure ──────────────────────────────────────────────────────────────────
def open_erasures(tx: Transaction) -> list[Erasure]:
    """What was asked for and not done yet."""
    return _queries.rows(tx, "open_erasures", Erasure)


def finish_erasures(tx: Transaction, ids: Sequence[int], now: datetime) -> None:
    """Write down that the lake holds nothing of them any more."""
    _queries.execute(tx, "finish_erasures", ids=list(ids), now=now)


def living_identities(tx: Transaction, ids: Sequence[int], profile_ids: Sequence[int]) -> set[int]:
    """Those of the identities that exist and belong to somebody else."""
    rows = _queries.tuples(tx, "living_identities", ids=list(ids), profile_ids=list(profile_ids))
    return {row[0] for row in rows}
