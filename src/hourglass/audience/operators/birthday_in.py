"""The day comes round again within so many days: a birthday, the anniversary of a first order.

`7` is today and the next seven days, `3..7` in three to seven days. The date is taken as it is written, whatever its
offset, and the day itself is no anniversary yet. 29 February is celebrated on 28 February in common years.
"""

from __future__ import annotations

from typing import Any

from hourglass.audience.columns.days import day_number, day_of, day_of_month, last_day, month_of, year_of
from hourglass.audience.columns.scope import DAY, Scope
from hourglass.audience.operators.operator import Operator
from hourglass.audience.plural import Noun, counted

_DAYS: Noun = {"en": ("day", "days"), "ru": ("день", "дня", "дней")}


def _build(left: Any, right: Any, scope: Scope) -> Any:
    first, last = right
    today, coming = day_of(scope.now_local, scope), _coming(left, scope)
    return (coming - today >= first) & (coming - today <= last)


def _coming(left: Any, scope: Scope) -> Any:
    """The day of the next anniversary, today included."""
    born, today = scope.share(day_of(left, scope)), scope.share(day_of(scope.now_local, scope))
    parts = (year_of(today, scope), month_of(born, scope), day_of_month(born, scope))
    year, month, day = (scope.share(part, 1) for part in parts)

    def in_year(wanted: Any) -> Any:
        kept = scope.x.min_horizontal(day, last_day(wanted, month, scope))
        return scope.share(day_number(wanted, month, kept, scope), 2)

    this, following = in_year(year), in_year(year + 1)
    coming = scope.x.when((this >= today) & (this > born)).then(this).otherwise(following)
    return scope.share(scope.only(born <= today, coming), 3)


def _due(left: Any, right: Any, scope: Scope) -> Any:
    """The midnight at which the day comes near enough, or is past; one to come begins to count when it is here."""
    first, last = right
    coming, today, born = _coming(left, scope), day_of(scope.now_local, scope), day_of(left, scope)
    ahead = coming - today
    near = scope.x.when(ahead > last).then(coming - last).otherwise(coming - first + 1)
    flips = scope.x.when(ahead < first).then(coming + 1).otherwise(near)
    return scope.until_clock(scope.x.when(born > today).then(born).otherwise(flips) * DAY)


def _shows(value: tuple[int, int], locale: str) -> str:
    first, last = value
    if (first, last) == (0, 0):
        return {"ru": "сегодня"}.get(locale, "today")
    if first == 0:
        nearest = {"ru": "в ближайшие {0}"}.get(locale, "within {0}")
        return nearest.format(counted(last, _DAYS, locale))
    through = {"ru": "через {0}"}.get(locale, "in {0}")
    span = counted(last, _DAYS, locale)
    return through.format(span if first == last else f"{first}–{span}")


BIRTHDAY_IN = Operator(
    name="birthday_in",
    words={"en": "comes round {value}", "ru": "— годовщина {value}"},
    build=_build,
    takes="days_ahead",
    reads="date",
    due=_due,
    shows=_shows,
    examples=(
        ("1990-03-04", 0, True),
        ("1990-03-04", 7, True),
        ("1990-03-11", 7, True),
        ("1990-03-12", 7, False),
        ("1990-03-03", 7, False),
        ("1990-03-06", "3..7", False),
        ("1990-03-07", "3..7", True),
        ("1990-03-11T23:00:00+05:00", "3..7", True),
        ("1992-02-29", "361..361", True),
        ("1992-02-29", "362..362", False),
        ("2026-03-04", 7, False),
        ("2027-03-06", 7, False),
        ("0000-00-00", 7, False),
        (None, 7, False),
    ),
)
