"""The log inside a transaction: append, claim, and how far behind we are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.events import partition_key
from hourglass.kernel import WorkspaceId
from hourglass.log.chunk import Chunk, partition_of, slices
from hourglass.postgres import Queries, Transaction

_AT_ONCE = 256
"""Chunks looked at in one go: however long the log is, nobody sorts all of it."""
_MOST_PARTITIONS = 2**15 - 1
queries = Queries(Path(__file__).with_name("queries.sql"))


class Backlog(Struct, frozen=True, kw_only=True):
    """Accepted and not yet processed; and processed, but not in the files of the lake yet."""

    events: int
    oldest: datetime | None
    unflushed: int


def append(
    tx: Transaction, workspace_id: WorkspaceId, envelopes: Sequence[bytes], now: datetime, partitions: int
) -> None:
    """Put events into the log as a part of somebody's transaction, and wake the engine when it commits."""
    groups: dict[int, list[bytes]] = {}
    for payload in envelopes:
        groups.setdefault(partition_of(partition_key(payload), partitions), []).append(payload)
    with tx.cursor() as cursor, cursor.copy(queries.sql("copy_chunks").encode()) as copy:
        copy.set_types(["int4", "int2", "timestamptz", "int4", "bytea"])
        for partition, group in groups.items():
            for some in slices(group):
                copy.write_row((workspace_id, partition, now, len(some), b"[" + b",".join(some) + b"]"))
    queries.execute(tx, "wake_engine")


def claim(tx: Transaction, partitions: Sequence[int], max_events: int, of: int = _MOST_PARTITIONS) -> list[Chunk]:
    """Take the oldest chunks out of the log, oldest first: at least one, more until they hold `max_events`.

    `of`: how many partitions there are; chunks from a time when there were more are somebody's, too.
    """
    chunks: list[Chunk] = []
    left = max_events
    while left > 0:
        rows = queries.tuples(tx, "claim", partitions=list(partitions), max_events=left, at_once=_AT_ONCE, of=of)
        some = [Chunk(**dict(zip(Chunk.__struct_fields__, row, strict=False))) for row in rows]
        chunks += some
        left -= sum(chunk.events for chunk in some)
        if len(some) < _AT_ONCE:
            break
    return chunks


def oldest(tx: Transaction) -> datetime | None:
    """When the oldest chunk that still waits was received; None when nothing waits."""
    return queries.scalar(tx, "oldest")


def backlog(tx: Transaction) -> Backlog:
    """How many events wait, and since when the oldest does."""
    (row,) = queries.rows(tx, "backlog", Backlog)
    return row


def wake(tx: Transaction) -> None:
    """Rouse the engine when this transaction commits."""
    queries.execute(tx, "wake_engine")
