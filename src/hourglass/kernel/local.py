"""Times of day on somebody's clock, whatever the clocks do that night."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo


def local_moment(day: date, clock: time, zone: ZoneInfo, after: datetime) -> datetime:
    """That time of that day, in the zone of `after`.

    The hour that clocks show twice in autumn: the first that is still to come. One that they leave out in spring counts
    on: 02:30 is then 03:30.
    """
    first = datetime.combine(day, clock, tzinfo=zone).astimezone(after.tzinfo)
    if first > after:
        return first
    return datetime.combine(day, clock.replace(fold=1), tzinfo=zone).astimezone(after.tzinfo)
