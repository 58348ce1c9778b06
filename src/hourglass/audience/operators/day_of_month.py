"""On a day of the month, 1 to 31."""

from __future__ import annotations

from hourglass.audience.columns.days import day_of, day_of_month
from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.spoken import ranges

DAY_OF_MONTH = Operator(
    name="day_of_month",
    words={"en": "is on day {value} of the month", "ru": "приходится на число месяца: {value}"},
    build=lambda left, right, scope: day_of_month(day_of(left, scope), scope).is_in(list(right)),
    takes="days_of_month",
    reads="local",
    shows=lambda value, _locale: ranges(value, 1, 31),
    examples=(
        ("2024-02-29T10:00", 29, True),
        ("2026-03-01", 29, False),
        ("2026-01-31", "28..3", True),
        ("2026-01-04", "28..3", False),
        ("2000-03-01", 1, True),
        ("29", 29, False),
        (None, 1, False),
    ),
)
