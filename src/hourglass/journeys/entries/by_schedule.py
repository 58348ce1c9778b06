"""At each moment of a schedule, everybody of a segment; and at the beginning, those who are in one already."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hourglass.journeys.entries.segment_crowd import queue_segment, ready_segment
from hourglass.journeys.registry import Standing
from hourglass.journeys.ways.way import OnSchedule, OnSegment
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("sweep.sql"))


def last_occasion(way: OnSchedule, workspace: Workspace, since: datetime, now: datetime) -> datetime | None:
    """The latest moment of the schedule after `since` and not after `now`: what an outage left out is not repeated."""
    found: datetime | None = None
    following = way.rhythm.after(since, workspace.tz())
    while following is not None and following <= now:
        found, following = following, way.rhythm.after(following, workspace.tz())
    return found


def by_schedule(
    tx: Transaction, workspace: Workspace, standing: Standing, way: OnSchedule, since: datetime, now: datetime
) -> int:
    """Let in the segment once for an occasion that has come; how many. A segment that is being built is waited for."""
    at = last_occasion(way, workspace, max(since, now - standing.journey.max_age), now)
    segment_id = None if at is None else ready_segment(tx, workspace.id, way.segment)
    if at is None or segment_id is None:
        return 0
    if not _queries.scalar(tx, "claim", workspace_id=workspace.id, journey_id=standing.id, upto=at):
        return 0
    return queue_segment(tx, workspace.id, standing, (segment_id, way.segment), "schedule", at, now)


def welcome(tx: Transaction, workspace: Workspace, standing: Standing, way: OnSegment, now: datetime) -> int:
    """Let in those who are in the segment already, once; how many."""
    segment_id = ready_segment(tx, workspace.id, way.segment)
    if segment_id is None:
        return 0
    here = {"workspace_id": workspace.id, "journey_id": standing.id}
    if not _queries.scalar(tx, "claim_welcome", **here, now=now, segment_id=segment_id):
        return 0
    return queue_segment(tx, workspace.id, standing, (segment_id, way.segment), "segment", now, now)
