"""A schedule that repeats, on the clock of the workspace: every Monday at 10:00 stays 10:00 when the clocks change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from typing import Any, cast
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from msgspec import Struct

from hourglass.kernel import Malformed

_ANCHOR = datetime(2024, 1, 1)  # noqa: DTZ001 - a Monday on the wall: what every second week is counted from
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31
_SKEW = timedelta(hours=3)
"""More than a clock is ever set back."""
_LONGEST_YEAR = 366
_MINUTES = 24 * 60
_SAID = 'A schedule is {every: day, at: "10:00"}, {every: week, on: mon}, {every: month, on: 1}, or an RRULE.'


class Rhythm(Struct, frozen=True, kw_only=True):
    """A recurrence rule of RFC 5545, read on the wall clock."""

    rule: str

    def after(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """The first occasion later than a moment; None when there is none any more."""
        return _after(self.rule, moment, zone)


@lru_cache(maxsize=1024)
def _after(text: str, moment: datetime, zone: ZoneInfo) -> datetime | None:
    rule = rrulestr(text, dtstart=_ANCHOR)
    wall: datetime | None = moment.astimezone(zone).replace(tzinfo=None) - _SKEW
    for _ in range(_LONGEST_YEAR):
        wall = rule.after(wall)
        if wall is None:
            return None
        found = wall.replace(tzinfo=zone).astimezone(UTC)
        if found > moment:
            return found
    return None


def read_rhythm(value: object, path: str) -> Rhythm:
    """A schedule in words or as an RRULE, or Malformed with its place."""
    if isinstance(value, str):
        return Rhythm(rule=_checked(value.removeprefix("RRULE:"), path))
    if not isinstance(value, dict):
        raise Malformed(_SAID, path=path)
    told = cast("dict[str, Any]", value)
    strange = sorted(told.keys() - {"every", "at", "on"})
    if strange or told.get("every") not in ("day", "week", "month"):
        wrong = strange[0] if strange else "every"
        said = f"There is no “{wrong}” here. " if strange else f"“{told.get('every')}” is no rhythm. "
        raise Malformed(said + _SAID, path=f"{path}.{wrong}")
    at = read_time(told.get("at", "10:00"), f"{path}.at")
    return Rhythm(rule=_checked(f"{_frequency(told, path)};BYHOUR={at.hour};BYMINUTE={at.minute};BYSECOND=0", path))


def read_time(value: object, path: str) -> time:
    """`"10:00"`, or Malformed with its place; YAML reads 10:30 without quotes as a number of minutes."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MINUTES:
        return time(value // 60, value % 60)
    try:
        return time.fromisoformat(str(value)).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise Malformed(f'“{value}” is no time of day; write it in quotes, like "10:00".', path=path) from error


def _frequency(told: Mapping[str, Any], path: str) -> str:
    match told["every"]:
        case "week":
            return f"FREQ=WEEKLY;BYDAY={_weekdays(told.get('on', 'mon'), f'{path}.on')}"
        case "month":
            return f"FREQ=MONTHLY;{_day_of_month(told.get('on', 1), f'{path}.on')}"
        case _ if "on" in told:
            raise Malformed("Every day has no `on`; say every: week.", path=f"{path}.on")
        case _:
            return "FREQ=DAILY"


def _weekdays(value: object, path: str) -> str:
    named = cast("list[object]", value) if isinstance(value, list) else [value]
    if not named or any(one not in _DAYS for one in named):
        raise Malformed(f"`on` is a day of the week, or a list of them: {', '.join(_DAYS)}.", path=path)
    return ",".join(_CODES[_DAYS.index(str(one))] for one in named)


def _day_of_month(value: object, path: str) -> str:
    """The 31st is the last day of a shorter month."""
    if value == "last":
        return "BYMONTHDAY=-1"
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _LONGEST_MONTH:
        raise Malformed("`on` is a day of the month, 1 to 31, or last.", path=path)
    if value <= _SHORTEST_MONTH:
        return f"BYMONTHDAY={value}"
    return f"BYMONTHDAY={','.join(map(str, range(_SHORTEST_MONTH, value + 1)))};BYSETPOS=-1"


def _checked(text: str, path: str) -> str:
    if "MINUTELY" in text.upper() or "SECONDLY" in text.upper():
        raise Malformed("A schedule comes every hour at most.", path=path)
    try:
        rule = rrulestr(text, dtstart=_ANCHOR)
        rule.after(_ANCHOR)
    except (ValueError, TypeError, AttributeError) as error:
        raise Malformed(f"“{text}” is no recurrence rule: {error}. {_SAID}", path=path) from error
    return text
