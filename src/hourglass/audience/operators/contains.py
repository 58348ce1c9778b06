"""The text has the other text in it, to the letter."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

CONTAINS = Operator(
    name="contains",
    words={"en": "contains {value}", "ru": "содержит {value}"},
    build=lambda left, right, _scope: left.str.contains(right, literal=True),
    reads="text",
    examples=(("tea cup", "cup", True), ("tea", "cup", False), (None, "cup", False), ("a.b", ".", True)),
)
