"""Earlier than a day begins, or than a moment."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

BEFORE = Operator(
    name="before",
    words={"en": "is before {value}", "ru": "раньше {value}"},
    build=lambda left, right, _scope: left < right.start,
    takes="moment",
    reads="moment",
    examples=(
        ("2026-01-30", "2026-01-31", True),
        ("2026-01-30T23:59:59.999999", "2026-01-31", True),
        ("2026-01-31", "2026-01-31", False),
        ("2026-01-31T12:00:00Z", "2026-01-31T15:30:00+03:00", True),
        ("2026-01-31T12:30:00Z", "2026-01-31T15:30:00+03:00", False),
        ("next week", "2026-01-31", False),
        ("2026-02-30", "2026-12-31", False),
        (None, "2026-01-31", False),
    ),
)
