"""Equal to one of a list, to the letter for texts."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator, ignoring_case

ONE_OF = Operator(
    name="one_of",
    words={"en": "is {value}", "ru": "— {value}"},
    build=lambda left, right, _scope: left.is_in(right),
    takes="list",
    examples=(
        ("shoes", ["shoes", "hats"], True),
        ("Shoes", ["shoes", "hats"], False),
        ("bags", ["shoes", "hats"], False),
        (None, ["shoes"], False),
        ("3.0", [2, 3], True),
        ("3", [3, "x"], True),
        ("x", [3, "x"], True),
    ),
)
ONE_OF_IGNORING_CASE = ignoring_case(
    ONE_OF, ("SHOES", ["shoes", "Hats"], True), ("bags", ["shoes"], False), (None, ["shoes"], False)
)
