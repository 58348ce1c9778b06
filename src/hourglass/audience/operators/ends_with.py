"""The text ends with the other text."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

ENDS_WITH = Operator(
    name="ends_with",
    words={"en": "ends with {value}", "ru": "заканчивается на {value}"},
    build=lambda left, right, _scope: left.str.ends_with(right),
    reads="text",
    examples=(("a@b.kz", ".kz", True), ("a@b.ru", ".kz", False), (None, ".kz", False)),
)
