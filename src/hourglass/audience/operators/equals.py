"""Equal, to the letter for texts; numbers and truths are compared as such."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator, ignoring_case

EQUALS = Operator(
    name="equals",
    words={"en": "is {value}", "ru": "равно {value}"},
    build=lambda left, right, _scope: left == right,
    examples=(
        ("Almaty", "Almaty", True),
        ("almaty", "Almaty", False),
        ("Almaty ", "Almaty", False),
        (None, "Almaty", False),
        ("3", 3, True),
        ("3.0", 3, True),
        ("3", "3.0", False),
        ("x", 3, False),
        ("true", True, True),
        ("True", True, False),
    ),
)
EQUALS_IGNORING_CASE = ignoring_case(
    EQUALS, ("ALMATY", "Almaty", True), ("Алматы", "АЛМАТЫ", True), ("Astana", "Almaty", False), (None, "x", False)
)
