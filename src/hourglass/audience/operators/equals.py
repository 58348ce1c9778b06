"""Equal, to the letter for texts; numbers and truths are compared as such."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

EQUALS = Operator(
    name="equals",
    words={"en": "is {value}", "ru": "равно {value}"},
    build=lambda left, right, _scope: left == right,
    examples=(("Almaty", "Almaty", True), ("almaty", "Almaty", False), (None, "Almaty", False), ("3", 3, True)),
)
