"""Calendar days as arithmetic on whole numbers, which every engine does alike.

A day is its number since 1970-01-01 in the proleptic Gregorian calendar. Formulas: H. Hinnant, “chrono-Compatible
Low-Level Date Algorithms”, days_from_civil; and back: C. Neri and L. Schneider, “Euclidean affine functions and their
application to calendar algorithms” (2023), which takes each number once, as expressions that are trees should.
"""

from __future__ import annotations

from typing import Any

from hourglass.audience.columns.scope import DAY, Scope

_ERA = 146_097
_TO_MARCH = 719_468
_MARCH_TO_NEW_YEAR = 306
_SCALE = 2**32


def day_number(year: Any, month: Any, day: Any) -> Any:
    """The day of a date; March begins the year of the formula, so that a leap day stands at its end."""
    early = (14 - month) // 12
    counted = year - early
    of_year = (153 * (month + early * 12 - 3) + 2) // 5 + day - 1
    return counted * 365 + counted // 4 - counted // 100 + counted // 400 + of_year - _TO_MARCH


def year_of(day: Any) -> Any:
    """The year; January and February belong to the March before."""
    quarters = (day + _TO_MARCH) * 4 + 3
    return quarters // _ERA * 100 + _of_century(quarters) // _SCALE + _of_year(day) // _MARCH_TO_NEW_YEAR


def month_of(day: Any) -> Any:
    """1 to 12."""
    return (_months(day) // 65_536 - 1) % 12 + 1


def day_of_month(day: Any) -> Any:
    """1 to 31."""
    return _months(day) % 65_536 // 2141 + 1


def _of_century(quarters: Any) -> Any:
    return (quarters % _ERA // 4 * 4 + 3) * 2_939_745


def _of_year(day: Any) -> Any:
    """0 is the first of March."""
    return _of_century((day + _TO_MARCH) * 4 + 3) % _SCALE // 2_939_745 // 4


def _months(day: Any) -> Any:
    """The month, March is 3, in units of 65536, and the day within."""
    return _of_year(day) * 2141 + 197_913


def last_day(year: Any, month: Any, scope: Scope) -> Any:
    """How many days the month has."""
    leap = ((year % 4 == 0) & (year % 100 != 0)) | (year % 400 == 0)
    february = scope.x.when(leap).then(29).otherwise(28)
    return scope.x.when(month == 2).then(february).otherwise(30 + (month + month // 8) % 2)


def weekday(day: Any) -> Any:
    """0 is Monday, 6 is Sunday."""
    return (day + 3) % 7


def beginning(clock: Any, of: str) -> Any:
    """When this day, week (on Monday), month or year began, on the same clock; microseconds."""
    today = clock // DAY
    match of:
        case "this_week":
            return (today - weekday(today)) * DAY
        case "this_month":
            return (today - day_of_month(today) + 1) * DAY
        case "this_year":
            return day_number(year_of(today), 1, 1) * DAY
        case _:
            return today * DAY


def next_beginning(clock: Any, of: str) -> Any:
    """When the next one begins."""
    today = clock // DAY
    match of:
        case "this_week":
            return (today - weekday(today) + 7) * DAY
        case "this_month":
            later = (today - day_of_month(today) + 1) + 31
            return (later - day_of_month(later) + 1) * DAY
        case "this_year":
            return day_number(year_of(today) + 1, 1, 1) * DAY
        case _:
            return (today + 1) * DAY
