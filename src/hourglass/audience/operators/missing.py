"""There is no value."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

MISSING = Operator(
    name="missing",
    words={"en": "is not known", "ru": "— неизвестно"},
    build=lambda left, _right, _scope: left.is_null(),
    takes="nothing",
    reads="as_is",
    of_missing=True,
    examples=(("x", None, False), ("", None, False), (None, None, True)),
)
