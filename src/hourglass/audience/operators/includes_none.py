"""A set is known and has none of the values in it."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.sets import has_any

INCLUDES_NONE = Operator(
    name="includes_none",
    words={"en": "includes none of {value}", "ru": "не включает ничего из {value}"},
    build=lambda left, right, scope: ~has_any(left, right, scope),
    takes="list",
    reads="text",
    examples=(
        ('["shoes", "hats"]', ["bags", "gloves"], True),
        ('["shoes", "hats"]', ["bags", "hats"], False),
        ("shoes", ["bags"], True),
        ("[]", ["shoes"], True),
        (None, ["shoes"], False),
    ),
)
