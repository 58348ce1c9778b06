"""How many people segments have, now and day by day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal

from msgspec import Struct

from hourglass.definitions import find
from hourglass.kernel import Malformed, Workspace, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("sizes.sql"))
_MOST_DAYS = 1100


class SegmentStanding(Struct, frozen=True, kw_only=True):
    """A segment or a list, and how many are in it now. `week` is how many more (or fewer) than seven days ago."""

    key: str
    name: str
    kind: Literal["live", "list"]
    state: str
    members: int
    week: int | None
    """None: nothing was counted then."""


class Day(Struct, frozen=True, kw_only=True):
    """One day of a segment: `members` at its end, and how many came and went since the day before was counted."""

    day: date
    members: int
    entered: int
    left: int


class Growth(Struct, frozen=True, kw_only=True):
    """A segment over time, the oldest day first; days before it was first counted are missing."""

    key: str
    members: int
    """Now."""
    days: list[Day]


def measure_sizes(tx: Transaction, workspace: Workspace, now: datetime) -> int:
    """Count every segment that is in force and write today's row; how many rows that were.

    Counting again the same day adds to what came and went; whoever came and went between two counts is in neither.
    Members at the end of a day are those of the day before, plus who entered, minus who left. Another process that
    counts at this moment is not waited for: then nothing is done.
    """
    if not _queries.scalar(tx, "alone", workspace_id=workspace.id):
        return 0
    midnight = now.astimezone(workspace.tz()).replace(hour=0, minute=0, second=0, microsecond=0)
    _queries.execute(tx, "forget", workspace_id=workspace.id)
    return _queries.execute(tx, "measure", workspace_id=workspace.id, day=midnight.date(), midnight=midnight, now=now)


def standing(
    tx: Transaction, workspace: Workspace, now: datetime, keys: Sequence[str] | None = None
) -> list[SegmentStanding]:
    """Every segment and list by key, or those of these keys."""
    week = now.astimezone(workspace.tz()).date() - timedelta(days=7)
    chosen = None if keys is None else list(keys)
    return _queries.rows(tx, "standing", SegmentStanding, workspace_id=workspace.id, week=week, keys=chosen)


def growth(tx: Transaction, workspace: Workspace, key: str, days: int, now: datetime) -> Growth:
    """The last `days` days, today the last; a day on which nobody counted is like the one before. Raises NotFound."""
    if not 1 <= days <= _MOST_DAYS:
        raise Malformed(f"Ask for 1 to {_MOST_DAYS} days.", path="days")
    segment_id = find(tx, workspace.id, "segment", key).id
    today = now.astimezone(workspace.tz()).date()
    place = {"workspace_id": workspace.id, "segment_id": segment_id}
    rows = _queries.rows(tx, "days", Day, **place, first=today - timedelta(days=days - 1), last=today)
    return Growth(key=key, members=count_members(tx, workspace.id, segment_id), days=rows)


def count_members(tx: Transaction, workspace_id: WorkspaceId, segment_id: int) -> int:
    """How many are in it now."""
    return _queries.scalar(tx, "members", workspace_id=workspace_id, segment_id=segment_id)
