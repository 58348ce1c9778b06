"""In an hour of the day, 0 to 23: `9..17` is from 9:00 to 17:59, `22..6` goes round midnight."""

from __future__ import annotations

from hourglass.audience.columns.scope import DAY
from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.spoken import ranges

_HOUR = DAY // 24

HOUR = Operator(
    name="hour",
    words={"en": "is in the hour {value}", "ru": "в часы: {value}"},
    build=lambda left, right, scope: scope.d.times(left % DAY, _HOUR).is_in(list(right)),
    takes="hours",
    reads="local",
    shows=lambda value, _locale: ranges(value, 0, 23),
    examples=(
        ("2026-03-04T09:00", "9..17", True),
        ("2026-03-04T17:59:59.999999", "9..17", True),
        ("2026-03-04T18:00", "9..17", False),
        ("2026-03-04T23:30", "22..6", True),
        ("2026-03-04T06:59", "22..6", True),
        ("2026-03-04T07:00", "22..6", False),
        ("2026-03-04", 0, True),
        ("1969-12-31T23:00", [22, 23], True),
        ("noon", 12, False),
        (None, 0, False),
    ),
)
