"""A set has so many elements or more."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.sets import size_of
from hourglass.audience.operators.spoken import elements

SIZE_AT_LEAST = Operator(
    name="size_at_least",
    words={"en": "has at least {value}", "ru": "содержит не меньше {value}"},
    build=lambda left, right, scope: size_of(left, scope) >= right,
    takes="size",
    reads="text",
    shows=lambda value, locale: elements(value, locale, genitive=True),
    examples=(
        ('["a", "b"]', 2, True),
        ('["a,b"]', 2, False),
        ('[{"a": [1, 2], "b": {"c": 3}}, [4, 5]]', 2, True),
        ('["\\"", "]"]', 2, True),
        ("[]", 1, False),
        ("a", 1, True),
        (None, 0, False),
    ),
)
