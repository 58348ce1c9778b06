"""On a day."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

ON = Operator(
    name="on",
    words={"en": "is on {value}", "ru": "приходится на {value}"},
    build=lambda left, right, _scope: (left >= right.start) & (left < right.end),
    takes="day",
    reads="moment",
    examples=(
        ("2026-01-31", "2026-01-31", True),
        ("2026-01-31 23:59", "2026-01-31", True),
        ("2026-02-01T00:30:00+03:00", "2026-01-31", True),
        ("2026-02-01", "2026-01-31", False),
        ("31.01.2026", "2026-01-31", False),
        (None, "2026-01-31", False),
    ),
)
