"""Everybody who is in a segment at one moment, put into the queue by one statement."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from psycopg.types.json import Jsonb

from hourglass.journeys.entries.queue import Doorway, Source, position
from hourglass.journeys.registry import Standing
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("sweep.sql"))


def ready_segment(tx: Transaction, workspace_id: WorkspaceId, key: str) -> int | None:
    """The id of a live segment whose members are complete; None while it is being built, or is not there."""
    return _queries.scalar(tx, "segment", workspace_id=workspace_id, key=key)


def queue_segment(
    tx: Transaction,
    workspace_id: WorkspaceId,
    standing: Standing,
    segment: tuple[int, str],
    source: Source,
    at: datetime,
    now: datetime,
) -> int:
    """Queue its members, at the journey's pace; how many. `segment`: its id and key. `at`: when the occasion was."""
    segment_id, key = segment
    doorway = Doorway(tx, workspace_id, standing.id, standing.journey.entry.pace, now)
    facts = {"event": _NAMES[source], "at": at.isoformat(), "message_id": None, "properties": {"segment": key}}
    count = _queries.execute(
        tx,
        "everybody",
        workspace_id=workspace_id,
        journey_id=standing.id,
        segment_id=segment_id,
        correlation=at.isoformat() if standing.journey.reentry.mode == "parallel" else "",
        first=doorway.first,
        pace=doorway.pace,
        at=at,
        seq=position(tx),
        source=source,
        facts=Jsonb(facts),
    )
    doorway.close(count)
    return count


_NAMES: dict[str, str] = {"segment": "Segment Entered", "schedule": "Schedule"}
