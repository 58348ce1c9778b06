"""A messageId counts once, however often and in however many batches it comes."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path
from uuid import UUID

from hourglass.events import Event
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_number = attrgetter("int")
_queries = Queries(Path(__file__).with_name("queries.sql"))


def only_new(tx: Transaction, workspace_id: WorkspaceId, events: Sequence[Event]) -> list[Event]:
    """The events whose ids were never seen, in their order; their ids are taken from here on."""
    first: dict[UUID, Event] = {}
    for event in events:
        first.setdefault(event.id, event)
    ids = sorted(first, key=_number)
    seen = {row[0] for row in _queries.tuples(tx, "claim_ids", workspace_id=workspace_id, ids=ids)}
    return [event for event_id, event in first.items() if event_id not in seen] if seen else list(first.values())
