"""Quiet hours: when nothing leaves, on the recipient's own clock, whatever the clocks do that night."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from hourglass.kernel import local_moment

ClockTime = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST = 40  # steps: even a month of holidays ends
_NAMES = {"start": "from", "end": "until", "otherwise": "else"}


class Quiet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename=_NAMES):
    """From an hour until an hour (they may go over midnight), and whole days. `else`: what becomes of a message."""

    start: ClockTime | None = None
    end: ClockTime | None = None
    days: tuple[Weekday, ...] = ()
    holidays: bool = False
    otherwise: Literal["defer", "drop"] = "defer"

    @property
    def hours(self) -> tuple[time, time] | None:
        """The hours as times of day."""
        return _hours(self.start, self.end) if self.start and self.end else None

    def ends(self, now: datetime, zone: ZoneInfo, holidays: Container[date] = ()) -> datetime | None:
        """When the quiet that reigns now is over; None when nothing is quiet."""
        at = now
        for _ in range(_LONGEST):
            after = self._next(at, zone, holidays)
            if after is None:
                break
            at = after
        return None if at == now else at

    def words(self) -> str:
        """As it stands in a stored answer: `21:00-09:00, sun`."""
        parts = [f"{self.start}-{self.end}"] if self.start and self.end else []
        return ", ".join([*parts, *self.days, *(["holidays"] if self.holidays else [])])

    def _next(self, at: datetime, zone: ZoneInfo, holidays: Container[date]) -> datetime | None:
        """The end of the stretch of quiet in which a moment lies."""
        local = at.astimezone(zone)
        day, clock = local.date(), local.time().replace(tzinfo=None)
        if WEEKDAYS[day.weekday()] in self.days or (self.holidays and day in holidays):
            return local_moment(day + timedelta(days=1), time(0), zone, at)
        if self.hours is None:
            return None
        start, end = self.hours
        if start < end:
            return local_moment(day, end, zone, at) if start <= clock < end else None
        if clock >= start:
            return local_moment(day + timedelta(days=1), end, zone, at)
        return local_moment(day, end, zone, at) if clock < end else None


@lru_cache(maxsize=64)
def _hours(start: str, end: str) -> tuple[time, time]:
    return time.fromisoformat(start), time.fromisoformat(end)
