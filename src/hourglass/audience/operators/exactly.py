"""The same number."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

EXACTLY = Operator(
    name="exactly",
    words={"en": "exactly {value}", "ru": "ровно {value}"},
    build=lambda left, right, _scope: left == right,
    takes="number",
    reads="number",
    examples=((2, 2, True), (3, 2, False), ("x", 2, False), (None, 2, False)),
)
