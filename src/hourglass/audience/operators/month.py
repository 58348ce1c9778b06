"""In a month of the year, 1 to 12: `11..1` is from November to January."""

from __future__ import annotations

from hourglass.audience.columns.days import day_of, month_of
from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.spoken import ranges

MONTH = Operator(
    name="month",
    words={"en": "is in month {value}", "ru": "в месяце {value}"},
    build=lambda left, right, scope: month_of(day_of(left, scope), scope).is_in(list(right)),
    takes="months",
    reads="local",
    shows=lambda value, _locale: ranges(value, 1, 12),
    examples=(
        ("2026-03-31T23:59", 3, True),
        ("2026-04-01", 3, False),
        ("2024-02-29", [2, 3], True),
        ("2026-01-15", "11..1", True),
        ("2026-02-01", "11..1", False),
        ("1900-12-31", 12, True),
        ("march", 3, False),
        (None, 3, False),
    ),
)
