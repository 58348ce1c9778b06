"""Later than a day ends, or than a moment."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

AFTER = Operator(
    name="after",
    words={"en": "is after {value}", "ru": "позже {value}"},
    build=lambda left, right, _scope: left >= right.end,
    takes="moment",
    reads="moment",
    examples=(
        ("2026-02-01", "2026-01-31", True),
        ("2026-01-31T23:59:59", "2026-01-31", False),
        ("2026-01-31T12:00:00.000001Z", "2026-01-31T12:00:00Z", True),
        ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z", False),
        ("never", "2026-01-31", False),
        (None, "2026-01-31", False),
    ),
)
