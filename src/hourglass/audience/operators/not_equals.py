"""Different; a missing value is not different, it is missing."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

NOT_EQUALS = Operator(
    name="not_equals",
    words={"en": "is not {value}", "ru": "не равно {value}"},
    build=lambda left, right, _scope: left != right,
    examples=(("Astana", "Almaty", True), ("Almaty", "Almaty", False), (None, "Almaty", False)),
)
