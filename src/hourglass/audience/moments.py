"""Moments as people write them in traits and properties, read the same way by every engine.

ISO-8601: `1990-05-17`, `2026-01-31T12:00`, `2026-01-31 12:00:05.250Z`, `...+05:00`. Whatever else stands there is
missing. Engines differ in what their own parsers forgive, so this is arithmetic on digits; the day count is the one of
the proleptic Gregorian calendar (H. Hinnant, “chrono-Compatible Low-Level Date Algorithms”, days_from_civil).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hourglass.audience.scope import DAY, Scope

_SHAPE = r"^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?)?$"
_SECOND = 1_000_000
_UNITS = {"en": ("days", "h", "min", "sec"), "ru": ("дн.", "ч", "мин", "сек")}


def written_moment(column: Any, scope: Scope, *, local: bool) -> Any:
    """Microseconds since 1970 in UTC; with `local`, what the clock showed where it was written, its zone left out."""
    text = scope.only(column.str.contains(_SHAPE), column)

    def digits(start: int, length: int) -> Any:
        return scope.whole(text.str.slice(start, length))

    year, month, day = digits(0, 4), digits(5, 2), digits(8, 2)
    hour, minute, second = (digits(start, 2).fill_null(0) for start in (11, 14, 17))
    real = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= _last_day(year, month, scope))
    real = real & (hour <= 23) & (minute <= 59) & (second <= 59)
    clock = (hour * 3600 + minute * 60 + second) * _SECOND + _fraction(text, scope)
    moment = _days(year, month, day, scope) * DAY + clock
    return scope.only(real, moment if local else moment - _offset(text, scope))


def _days(year: Any, month: Any, day: Any, scope: Scope) -> Any:
    """Days since 1970-01-01."""
    early = scope.x.when(month <= 2).then(1).otherwise(0)
    counted = year - early
    era = counted // 400
    of_era = counted - era * 400
    of_year = (153 * (month + early * 12 - 3) + 2) // 5 + day - 1
    return era * 146_097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719_468


def _last_day(year: Any, month: Any, scope: Scope) -> Any:
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = scope.x.when(leap).then(29).otherwise(28)
    return scope.x.when(month == 2).then(february).otherwise(30 + (month + month // 8) % 2)


def _fraction(text: Any, scope: Scope) -> Any:
    """Microseconds after the second: up to six digits after a point, the shorter ones meaning tenths, hundredths..."""
    digits = text.str.slice(20, 6)
    found = scope.x.lit(0)
    for length in range(1, 7):
        has = text.str.contains(rf"\.\d{{{length}}}(Z|[+-]|$)")
        found = scope.x.when(has).then(scope.whole(digits.str.slice(0, length)) * 10 ** (6 - length)).otherwise(found)
    return found


def _offset(text: Any, scope: Scope) -> Any:
    """How far the clock was ahead of UTC."""
    tail = text.str.slice(-6)
    minutes = scope.whole(tail.str.slice(1, 2)) * 60 + scope.whole(tail.str.slice(4, 2))
    ahead = scope.x.when(tail.str.starts_with("+")).then(minutes).otherwise(-minutes)
    return (
        scope.x.when(text.str.contains(r"[+-]\d\d:\d\d$") & text.str.contains(":"))
        .then(ahead * 60 * _SECOND)
        .otherwise(0)
    )


def shown_span(time: timedelta, locale: str = "en") -> str:
    """A span in words: 90 days, 36 h, 10 min."""
    units = _UNITS.get(locale, _UNITS["en"])
    seconds = int(time.total_seconds())
    for unit, size in zip(units, (86_400, 3600, 60), strict=False):
        if seconds % size == 0 and seconds >= size:
            number = seconds // size
            return f"{number} {unit.removesuffix('s') if number == 1 else unit}"
    return f"{seconds} {units[-1]}"
