"""On a day of the week."""

from __future__ import annotations

from typing import Any

from hourglass.audience.columns.days import day_of, weekday
from hourglass.audience.columns.scope import Scope
from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.spoken import joined
from hourglass.audience.operators.values import WEEKDAYS

_NAMES = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "ru": ("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"),
}


def _build(left: Any, right: Any, scope: Scope) -> Any:
    return weekday(day_of(left, scope)).is_in([WEEKDAYS.index(day) for day in right])


def _shows(value: tuple[str, ...], locale: str) -> str:
    names = _NAMES.get(locale, _NAMES["en"])
    return joined([names[WEEKDAYS.index(day)] for day in value], locale)


WEEKDAY = Operator(
    name="weekday",
    words={"en": "is on {value}", "ru": "приходится на {value}"},
    build=_build,
    takes="weekdays",
    reads="local",
    shows=_shows,
    examples=(
        ("2026-03-04", "wed", True),
        ("2026-03-04T23:59", ["sat", "wed"], True),
        ("2026-03-08T00:00:00Z", "sun", True),
        ("2026-03-09", "sun", False),
        ("1969-12-31", "wed", True),
        ("wed", "wed", False),
        (None, "wed", False),
    ),
)
