"""How many would enter a journey, before it is live."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hourglass.journeys.document import Journey
from hourglass.journeys.entries.by_date import days_between, zone_names
from hourglass.journeys.ways.way import OnDate, OnSchedule, OnSegment
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("preview.sql"))
_SOON = timedelta(days=1)


class EntryPreview(Struct, frozen=True, kw_only=True):
    """`now`: how many enter as soon as it is live. `soon`: at the next occasion, or, for a date, within a day from now.

    None where nobody can know: events, calls and the catalogue come as they come.
    """

    now: int = 0
    soon: int | None = None
    next_at: datetime | None = None
    hours: float | None = None
    """How long it takes to let those in, where the journey has a throttle."""


def preview(tx: Transaction, workspace: Workspace, journey: Journey, now: datetime) -> EntryPreview:
    """What its entry means today."""
    count, soon, next_at = 0, None, None
    match journey.entry.way:
        case OnSegment(segment=segment, existing=True):
            count = _queries.scalar(tx, "members", workspace_id=workspace.id, segment=segment)
        case OnSchedule(rhythm=rhythm, segment=segment):
            soon = _queries.scalar(tx, "members", workspace_id=workspace.id, segment=segment)
            next_at = rhythm.after(now, workspace.tz())
        case OnDate() as way:
            soon = _dates(tx, workspace, way, now)
        case _:
            pass
    pace = journey.entry.pace
    hours = None if pace is None else round(pace / timedelta(hours=1) * max(count, soon or 0), 2)
    return EntryPreview(now=count, soon=soon, next_at=next_at, hours=hours)


def _dates(tx: Transaction, workspace: Workspace, way: OnDate, now: datetime) -> int:
    days = list(days_between(way, workspace, now, now + _SOON))
    return _queries.scalar(
        tx,
        "dates",
        workspace_id=workspace.id,
        known=zone_names(),
        trait=way.trait,
        yearly=way.yearly,
        zones=[zone for zone, _, _ in days],
        days=[day for _, day, _ in days],
    )
