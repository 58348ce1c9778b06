"""A set has each of the values in it."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.sets import has_all
from hourglass.audience.operators.spoken import listed

INCLUDES_ALL = Operator(
    name="includes_all",
    words={"en": "includes {value}", "ru": "включает {value}"},
    build=has_all,
    takes="list",
    reads="text",
    shows=lambda value, locale: listed(value, locale, every=True),
    examples=(
        ('["shoes", "hats", "bags"]', ["bags", "shoes"], True),
        ('["shoes", "hats"]', ["bags", "shoes"], False),
        ("shoes", ["shoes"], True),
        ("[]", ["shoes"], False),
        (None, ["shoes"], False),
    ),
)
