"""Less than or equal."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

AT_MOST = Operator(
    name="at_most",
    words={"en": "at most {value}", "ru": "не больше {value}"},
    build=lambda left, right, _scope: left <= right,
    takes="number",
    reads="number",
    genitive=True,
    examples=((1, 2, True), (2, 2, True), (3, 2, False), ("x", 2, False), (None, 2, False)),
)
