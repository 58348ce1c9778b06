"""There is a value at all."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

EXISTS = Operator(
    name="exists",
    words={"en": "is known", "ru": "— известно"},
    build=lambda left, _right, _scope: ~left.is_null(),
    takes="nothing",
    reads="as_is",
    examples=(("x", None, True), ("", None, True), (None, None, False)),
)
