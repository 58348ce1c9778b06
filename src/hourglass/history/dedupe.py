"""A messageId counts once, however often and in however many batches it comes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import psycopg

from hourglass.events import Event
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))


class Repeated(psycopg.errors.SerializationFailure):
    """Another worker took in the same event at this very moment: the whole transaction must be tried again."""


def only_new(tx: Transaction, workspace_id: WorkspaceId, events: Sequence[Event]) -> list[Event]:
    """The events whose ids were never seen, in their order; their ids are taken from here on. May raise Repeated."""
    first: dict[str, Event] = {}
    if not events:
        return []
    for event in events:
        first.setdefault(event.id, event)
    for (known,) in _queries.tuples(tx, "known_ids", workspace_id=workspace_id, ids=list(first)):
        del first[known.hex]
    if first:
        _take(tx, workspace_id, sorted(first))
    return list(first.values())


def _take(tx: Transaction, workspace_id: WorkspaceId, ids: list[str]) -> None:
    """Sorted, so that parallel ticks wait for each other and never deadlock. By COPY, which fills whole pages."""
    start = f"{workspace_id}\t"
    try:
        with tx.cursor() as cursor, cursor.copy(_queries.sql("take_ids").encode()) as copy:
            copy.write(start + f"\n{start}".join(ids) + "\n")
    except psycopg.errors.UniqueViolation as error:
        raise Repeated("Another worker takes in the same event; the batch must be tried again.") from error
