"""Strictly less."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

LESS_THAN = Operator(
    name="less_than",
    words={"en": "less than {value}", "ru": "меньше {value}"},
    build=lambda left, right, _scope: left < right,
    takes="number",
    reads="number",
    genitive=True,
    examples=((1, 2, True), (2, 2, False), ("x", 2, False), (None, 2, False)),
)
