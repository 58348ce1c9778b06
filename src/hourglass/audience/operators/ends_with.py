"""The text ends with the other text, to the letter."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator, ignoring_case

ENDS_WITH = Operator(
    name="ends_with",
    words={"en": "ends with {value}", "ru": "заканчивается на {value}"},
    build=lambda left, right, _scope: left.str.ends_with(right),
    reads="text",
    examples=(("a@b.kz", ".kz", True), ("a@b.ru", ".kz", False), ("a@b.kz\n", ".kz", False), (None, ".kz", False)),
)
ENDS_WITH_IGNORING_CASE = ignoring_case(
    ENDS_WITH, ("A@B.KZ", ".kz", True), ("a@b.ru", ".kz", False), (None, ".kz", False)
)
