"""A set has so many elements or fewer."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.sets import size_of
from hourglass.audience.operators.spoken import elements

SIZE_AT_MOST = Operator(
    name="size_at_most",
    words={"en": "has at most {value}", "ru": "содержит не больше {value}"},
    build=lambda left, right, scope: size_of(left, scope) <= right,
    takes="size",
    reads="text",
    shows=lambda value, locale: elements(value, locale, genitive=True),
    examples=(
        ('["a", "b"]', 2, True),
        ('["a", "b", "c"]', 2, False),
        (" [ ] ", 0, True),
        ("", 0, True),
        (None, 5, False),
    ),
)
