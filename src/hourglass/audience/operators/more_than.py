"""Strictly greater."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

MORE_THAN = Operator(
    name="more_than",
    words={"en": "more than {value}", "ru": "больше {value}"},
    build=lambda left, right, _scope: left > right,
    takes="number",
    reads="number",
    genitive=True,
    examples=((3, 2, True), (2, 2, False), ("x", 2, False), (None, 2, False)),
)
