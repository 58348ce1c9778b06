"""What clocks of a zone show: when they are put forward or back, and the way between a moment and its local reading.

Moments are microseconds since 1970 in UTC; a local reading is what the clock showed, counted as if it were UTC.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct

from hourglass.audience.columns.scope import Scope, micros, span

_FROM, _UNTIL = datetime(1970, 1, 1, tzinfo=UTC), datetime(2050, 1, 1, tzinfo=UTC)
_LOOK = timedelta(days=7)
_MICRO = timedelta(microseconds=1)
# Expressions know the changes of these years; dates of birth and the like before them take the first offset.
_WRITTEN_SINCE = micros(datetime(2000, 1, 1, tzinfo=UTC))


class Change(Struct, frozen=True):
    """The clocks of a zone are put from one offset to another (microseconds ahead of UTC)."""

    at: int
    before: int
    after: int


class Stretch(Struct, frozen=True):
    """From `start`, inclusive, to `end`, exclusive: a whole day, or the one microsecond of a moment."""

    start: int
    end: int


@cache
def changes(zone: str) -> tuple[Change, ...]:
    """Every change between 1970 and 2050, in order."""
    clock, found, low = ZoneInfo(zone), list[Change](), _FROM
    while low < _UNTIL:
        high = low + _LOOK
        if _offset(clock, low) != _offset(clock, high):
            at = _changed(clock, low, high)
            found.append(Change(micros(at), _offset(clock, at - _MICRO), _offset(clock, at)))
        low = high
    return tuple(found)


def next_change(zone: str, moment: datetime) -> int | None:
    """Microseconds until the clock is put forward or back."""
    found = changes(zone)
    place = bisect_right(found, micros(moment), key=lambda one: one.at)
    return found[place].at - micros(moment) if place < len(found) else None


def shown(moment: datetime, zone: str) -> int:
    """The local reading of a moment."""
    return micros(moment) + _offset(ZoneInfo(zone), moment)


def offsets(zone: str) -> tuple[list[int], list[int]]:
    """When its clocks are changed, and how far ahead of UTC they are: before the first change, then after each."""
    known = changes(zone)
    first = known[0].before if known else _offset(ZoneInfo(zone), _UNTIL)
    return [change.at for change in known], [first, *(change.after for change in known)]


@cache
def is_zone(name: str) -> bool:
    """Whether there is such a zone: “Asia/Almaty”."""
    return name in available_timezones()


def stretch(value: date, zone: str | None) -> Stretch:
    """A day or a moment that a condition names, in UTC; without a zone its local reading.

    What has no zone of its own is on the clock of `zone`.
    """
    if isinstance(value, datetime):
        start = _instant(value, zone)
        return Stretch(start, start + 1)
    midnight = datetime(value.year, value.month, value.day)  # noqa: DTZ001 - on the clock of `zone`
    return Stretch(_instant(midnight, zone), _instant(midnight + timedelta(days=1), zone))


def on_clock(moment: Any, scope: Scope) -> Any:
    """The local reading of moments, on the clock of the workspace."""
    return moment + _offsets(moment, scope, lambda change: change.at)


def off_clock(reading: Any, scope: Scope) -> Any:
    """The moment of a local reading. One that comes twice is the earlier; one that is left out counts on."""
    return reading - _offsets(reading, scope, lambda change: change.at + max(change.before, change.after))


def _offsets(column: Any, scope: Scope, threshold: Callable[[Change], int]) -> Any:
    known = [change for change in changes(scope.zone) if change.at >= _WRITTEN_SINCE]
    first = known[0].before if known else _offset(ZoneInfo(scope.zone), _UNTIL)

    def after(start: int, end: int) -> Any:
        """The offset, of the changes from the one to the other: a tree of questions that is as flat as can be."""
        if start == end:
            return scope.x.lit(known[start - 1].after if start else first)
        middle = (start + end) // 2
        later, sooner = after(middle + 1, end), after(start, middle)
        return scope.x.when(column >= threshold(known[middle])).then(later).otherwise(sooner)

    return after(0, len(known))


def _instant(value: datetime, zone: str | None) -> int:
    if value.tzinfo is None:
        value = value.replace(tzinfo=ZoneInfo(zone) if zone else UTC)
    return micros(value)


def _offset(clock: ZoneInfo, moment: datetime) -> int:
    offset = moment.astimezone(clock).utcoffset()
    return span(offset) if offset is not None else 0


def _changed(clock: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first second with the later offset."""
    before = _offset(clock, low)
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) // 2
        middle -= timedelta(microseconds=middle.microsecond)
        if _offset(clock, middle) == before:
            low = middle
        else:
            high = middle
    return high
