"""Greater than or equal."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

AT_LEAST = Operator(
    name="at_least",
    words={"en": "at least {value}", "ru": "не меньше {value}"},
    build=lambda left, right, _scope: left >= right,
    takes="number",
    reads="number",
    genitive=True,
    examples=((3, 2, True), (2, 2, True), (1, 2, False), ("x", 2, False), (None, 2, False)),
)
