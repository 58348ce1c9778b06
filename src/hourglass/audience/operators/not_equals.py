"""Different; a missing value is not different, it is missing."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator, ignoring_case

NOT_EQUALS = Operator(
    name="not_equals",
    words={"en": "is not {value}", "ru": "не равно {value}"},
    build=lambda left, right, _scope: left != right,
    examples=(
        ("Astana", "Almaty", True),
        ("Almaty", "Almaty", False),
        ("almaty", "Almaty", True),
        (None, "Almaty", False),
        ("3.0", 3, False),
        ("4", 3, True),
        ("x", 3, False),
    ),
)
NOT_EQUALS_IGNORING_CASE = ignoring_case(
    NOT_EQUALS, ("ALMATY", "Almaty", False), ("Astana", "Almaty", True), (None, "Almaty", False)
)
