"""A set has one of the values in it at least."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.sets import has_any

INCLUDES_ANY = Operator(
    name="includes_any",
    words={"en": "includes {value}", "ru": "включает {value}"},
    build=has_any,
    takes="list",
    reads="text",
    examples=(
        ('["shoes", "hats"]', ["bags", "hats"], True),
        ('["shoes", "hats"]', ["bags", "hat"], False),
        ("[1, 2]", [2, 3], True),
        ("shoes", ["shoes"], True),
        ("[]", ["shoes"], False),
        (None, ["shoes"], False),
    ),
)
