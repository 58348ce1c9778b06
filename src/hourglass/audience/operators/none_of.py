"""Known, and equal to none of a list, to the letter for texts."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator, ignoring_case

NONE_OF = Operator(
    name="none_of",
    words={"en": "is not {value}", "ru": "— не {value}"},
    build=lambda left, right, _scope: ~left.is_in(right),
    takes="list",
    examples=(
        ("shoes", ["shoes", "hats"], False),
        ("Shoes", ["shoes", "hats"], True),
        ("bags", ["shoes", "hats"], True),
        (None, ["shoes"], False),
        ("3.0", [2, 3], False),
        ("x", [2, 3], False),
    ),
)
NONE_OF_IGNORING_CASE = ignoring_case(
    NONE_OF, ("SHOES", ["shoes", "Hats"], False), ("bags", ["shoes"], True), (None, ["shoes"], False)
)
