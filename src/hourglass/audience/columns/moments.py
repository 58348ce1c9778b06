"""Moments as people write them in traits and properties, read the same way by every engine.

ISO-8601: `1990-05-17`, `2026-01-31T12:00`, `2026-01-31 12:00:05.250Z`, `...+05:00`. Whatever else stands there is
missing. Engines differ in what their own parsers forgive, so this is arithmetic on digits.
"""

from __future__ import annotations

from typing import Any, Literal

from hourglass.audience.columns.clocks import off_clock, on_clock
from hourglass.audience.columns.days import day_number, last_day
from hourglass.audience.columns.scope import DAY, Scope

STEPS = 5
"""So many steps of shared columns a moment takes that is read from a text."""

_SHAPE = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?\z"
)
_ZONE = r"(Z|[+-][0-9]{2}:[0-9]{2})\z"
_AFTER_POINT = r"^.{19}\.?([0-9]*).*\z"
_SECOND = 1_000_000


def written_moment(column: Any, scope: Scope, reads: Literal["moment", "local", "date"] = "moment") -> Any:
    """Microseconds since 1970: the moment in UTC, its reading on the clock that is asked for, or just as written.

    What has no offset is on the clock of the workspace. On the clock of the customer a moment is as it is written.
    """
    text = scope.share(scope.only(column.str.contains(_SHAPE), column))
    written, zoned = scope.share(_digits(text, scope), 2), text.str.contains(_ZONE)
    if reads == "date" or (reads == "local" and scope.own):
        return written
    exact = scope.share(written - _offset(text, scope), 3)
    other = off_clock(written, scope) if reads == "moment" else written
    found = scope.x.when(zoned).then(exact if reads == "moment" else on_clock(exact, scope)).otherwise(other)
    return scope.share(found, 4)


def _digits(text: Any, scope: Scope) -> Any:
    """What the clock showed where it was written."""

    def digits(start: int, length: int) -> Any:
        return scope.whole(text.str.slice(start, length))

    year, month, day = (scope.share(digits(start, length), 1) for start, length in ((0, 4), (5, 2), (8, 2)))
    hour, minute, second = (digits(start, 2).fill_null(0) for start in (11, 14, 17))
    real = (year >= 1) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= last_day(year, month, scope))
    real = real & (hour <= 23) & (minute <= 59) & (second <= 59)
    clock = (hour * 3600 + minute * 60 + second) * _SECOND + _fraction(text, scope)
    return scope.only(real, day_number(year, month, day, scope) * DAY + clock)


def _fraction(text: Any, scope: Scope) -> Any:
    """Microseconds after the second: up to six digits after a point, the shorter ones meaning tenths, hundredths..."""
    digits = text.str.replace_all(_AFTER_POINT, "$1")
    return scope.whole(scope.x.concat_str([digits, scope.x.lit("000000")]).str.slice(0, 6)).fill_null(0)


def _offset(text: Any, scope: Scope) -> Any:
    """How far the clock was ahead of UTC."""
    tail = text.str.slice(-6)
    minutes = scope.whole(tail.str.slice(1, 2)) * 60 + scope.whole(tail.str.slice(4, 2))
    ahead = scope.x.when(tail.str.starts_with("+")).then(minutes).otherwise(-minutes)
    return scope.x.when(text.str.contains(r"[+-][0-9]{2}:[0-9]{2}\z")).then(ahead * 60 * _SECOND).otherwise(0)
