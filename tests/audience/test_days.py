"""Arithmetic on days says what the calendar says, on each way an expression can be made."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import narwhals as nw
import polars as pl
import pytest

from hourglass.audience.columns.days import (
    beginning,
    day_number,
    day_of,
    day_of_month,
    last_day,
    month_of,
    next_beginning,
    weekday,
    year_of,
)
from hourglass.audience.columns.scope import DAY, Scope
from hourglass.lake import NARWHALS, POLARS

EPOCH = date(1970, 1, 1)
DAYS = [*range(-719_000, 2_932_000, 1777), *range(-800, 800), *range(10_000, 25_000)]
DATES = [EPOCH + timedelta(days=number) for number in DAYS]
EACH_WAY = pytest.mark.parametrize("dialect", [POLARS, NARWHALS], ids=["polars", "narwhals"])


def asked(dialect, frame: pl.DataFrame, **columns: Any) -> pl.DataFrame:
    lazy: Any = frame.lazy()
    if dialect is POLARS:
        return lazy.select(**columns).collect()
    return nw.from_native(lazy).select(**columns).to_native().collect()


@EACH_WAY
def test_dates_of_five_thousand_years(dialect):
    scope = Scope(d=dialect)
    day = scope.col("day")
    found = asked(
        dialect, pl.DataFrame({"day": DAYS}),
        year=year_of(day, scope), month=month_of(day, scope), day=day_of_month(day, scope), weekday=weekday(day),
    )  # fmt: skip
    assert found.rows() == [(one.year, one.month, one.day, one.weekday()) for one in DATES]
    year, month, of_month = (scope.col(name) for name in ("year", "month", "day"))
    assert asked(dialect, found, day=day_number(year, month, of_month, scope))["day"].to_list() == DAYS


@EACH_WAY
def test_the_last_day_of_a_month(dialect):
    scope = Scope(d=dialect)
    firsts = [one for one in DATES if one.day == 1]
    months = pl.DataFrame({"year": [one.year for one in firsts], "month": [one.month for one in firsts]})
    found = asked(dialect, months, last=last_day(scope.col("year"), scope.col("month"), scope))["last"]
    ends = [(one + timedelta(days=int(last) - 1)) for one, last in zip(firsts, found, strict=True)]
    assert all((one + timedelta(days=1)).day == 1 for one in ends)
    assert [(one.year, one.month) for one in ends] == months.rows()


@EACH_WAY
def test_a_day_ends_at_its_last_microsecond(dialect):
    scope = Scope(d=dialect)
    edges = pl.DataFrame({"clock": [number * DAY + more for number in DAYS for more in (0, DAY - 1)]})
    found = asked(dialect, edges, day=day_of(scope.col("clock"), scope))["day"].to_list()
    assert found == [number for number in DAYS for _ in range(2)]


BEGINNINGS = {
    "today": lambda one: (one, one + timedelta(days=1)),
    "this_week": lambda one: (one - timedelta(days=one.weekday()), one + timedelta(days=7 - one.weekday())),
    "this_month": lambda one: (one.replace(day=1), (one.replace(day=1) + timedelta(days=31)).replace(day=1)),
    "this_year": lambda one: (one.replace(month=1, day=1), date(one.year + 1, 1, 1)),
}


@EACH_WAY
@pytest.mark.parametrize("of", BEGINNINGS)
def test_beginnings(dialect, of):
    scope, dates = Scope(d=dialect), [one for one in DATES if 1900 < one.year < 2100]
    clock = pl.DataFrame({"clock": [(one - EPOCH).days * DAY + DAY - 1 for one in dates]})
    begun, following = (way(scope.col("clock"), of, scope) for way in (beginning, next_beginning))
    found = asked(dialect, clock, begun=begun, following=following)
    assert found.rows() == [tuple((edge - EPOCH).days * DAY for edge in BEGINNINGS[of](one)) for one in dates]
