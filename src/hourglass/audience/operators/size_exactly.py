"""A set has just so many elements."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.sets import size_of
from hourglass.audience.operators.spoken import elements

SIZE_EXACTLY = Operator(
    name="size_exactly",
    words={"en": "has exactly {value}", "ru": "содержит ровно {value}"},
    build=lambda left, right, scope: size_of(left, scope) == right,
    takes="size",
    reads="text",
    shows=elements,
    examples=(
        ('["a", "b"]', 2, True),
        ('["a, b", "c"]', 2, True),
        ('[{"a": [1, 2, 3]}]', 1, True),
        ("[[1, 2], [3]]", 2, True),
        ("[]", 0, True),
        ("a,b", 1, True),
        (None, 0, False),
    ),
)
