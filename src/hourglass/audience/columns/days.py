"""Calendar days as arithmetic on whole numbers, which every engine does alike.

A day is its number since 1970-01-01 in the proleptic Gregorian calendar. Formulas: H. Hinnant, “chrono-Compatible
Low-Level Date Algorithms”, days_from_civil; and back: C. Neri and L. Schneider, “Euclidean affine functions and their
application to calendar algorithms” (2023), which takes each number once, as expressions that are trees should.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from hourglass.audience.columns.scope import DAY, Scope

_ERA = 146_097
_TO_MARCH = 719_468
_TO_FIRST_YEAR = 719_162
_MARCH_TO_NEW_YEAR = 306
_SCALE = 2**32


def day_of(clock: Any, scope: Scope) -> Any:
    """The day that a reading of a clock (microseconds) falls into."""
    # Noon of it is far from any border, so that no rounding moves it to a neighbour, however long ago it was.
    return clock // DAY if scope.x is pl else scope.d.times(clock - clock % DAY + DAY // 2, DAY)


def day_number(year: Any, month: Any, day: Any, scope: Scope) -> Any:
    """The day of a date; March begins the year of the formula, so that a leap day stands at its end."""
    times = scope.d.times
    early = times(14 - month, 12)
    counted = year - early
    of_year = times(153 * (month + early * 12 - 3) + 2, 5) + day - 1
    leap_days = times(counted, 4) - times(counted, 100) + times(counted, 400)
    return counted * 365 + leap_days + of_year - _TO_MARCH


def year_of(day: Any, scope: Scope) -> Any:
    """The year; January and February belong to the March before."""
    quarters, times = (day + _TO_MARCH) * 4 + 3, scope.d.times
    in_century = times(_of_century(quarters, scope), _SCALE)
    return times(quarters, _ERA) * 100 + in_century + times(_of_year(day, scope), _MARCH_TO_NEW_YEAR)


def month_of(day: Any, scope: Scope) -> Any:
    """1 to 12."""
    return (scope.d.times(_months(day, scope), 65_536) - 1) % 12 + 1


def day_of_month(day: Any, scope: Scope) -> Any:
    """1 to 31."""
    return scope.d.times(_months(day, scope) % 65_536, 2141) + 1


def _of_century(quarters: Any, scope: Scope) -> Any:
    return (scope.d.times(quarters % _ERA, 4) * 4 + 3) * 2_939_745


def _of_year(day: Any, scope: Scope) -> Any:
    """0 is the first of March."""
    in_scale = _of_century((day + _TO_MARCH) * 4 + 3, scope) % _SCALE
    return scope.d.times(scope.d.times(in_scale, 2_939_745), 4)


def _months(day: Any, scope: Scope) -> Any:
    """The month, March is 3, in units of 65536, and the day within."""
    return _of_year(day, scope) * 2141 + 197_913


def last_day(year: Any, month: Any, scope: Scope) -> Any:
    """How many days the month has."""
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = scope.x.when(leap).then(29).otherwise(28)
    return scope.x.when(month == 2).then(february).otherwise(30 + (month + scope.d.times(month, 8)) % 2)


def weekday(day: Any) -> Any:
    """0 is Monday, 6 is Sunday."""
    return (day + 3) % 7


def beginning(clock: Any, of: str, scope: Scope) -> Any:
    """When this day, week (on Monday), month or year began, on the same clock; microseconds."""
    today = day_of(clock, scope)
    match of:
        case "this_week":
            return (today - weekday(today)) * DAY
        case "this_month":
            return (today - day_of_month(today, scope) + 1) * DAY
        case "this_year":
            return _new_year(year_of(today, scope), scope) * DAY
        case _:
            return today * DAY


def next_beginning(clock: Any, of: str, scope: Scope) -> Any:
    """When the next one begins."""
    today = day_of(clock, scope)
    match of:
        case "this_week":
            return (today - weekday(today) + 7) * DAY
        case "this_month":
            later = (today - day_of_month(today, scope) + 1) + 31
            return (later - day_of_month(later, scope) + 1) * DAY
        case "this_year":
            return _new_year(year_of(today, scope) + 1, scope) * DAY
        case _:
            return (today + 1) * DAY


def _new_year(year: Any, scope: Scope) -> Any:
    """The first of January."""
    last, times = year - 1, scope.d.times
    return last * 365 + times(last, 4) - times(last, 100) + times(last, 400) - _TO_FIRST_YEAR
