"""When a journey has to be looked after next, because a moment comes that no event tells of."""

from __future__ import annotations

from datetime import datetime

from hourglass.journeys.entries.by_date import next_anywhere
from hourglass.journeys.ways.way import OnDate, OnSchedule, Way
from hourglass.kernel import Workspace


def next_occasion(way: Way, workspace: Workspace, since: datetime) -> datetime | None:
    """The first moment after `since` at which this way lets anybody in by the clock alone; None for other ways."""
    match way:
        case OnSchedule():
            return way.rhythm.after(since, workspace.tz())
        case OnDate():
            return next_anywhere(way.at, workspace.tz(), since)
        case _:
            return None
