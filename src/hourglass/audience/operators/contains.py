"""The text has the other text in it, to the letter."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator, ignoring_case

CONTAINS = Operator(
    name="contains",
    words={"en": "contains {value}", "ru": "содержит {value}"},
    build=lambda left, right, _scope: left.str.contains(right, literal=True),
    reads="text",
    examples=(
        ("tea cup", "cup", True),
        ("tea", "cup", False),
        ("Cup", "cup", False),
        (None, "cup", False),
        ("a.b", ".", True),
        ("ab", ".", False),
        ("", "a", False),
    ),
)
CONTAINS_IGNORING_CASE = ignoring_case(
    CONTAINS, ("Tea Cup", "cup", True), ("Чай", "чАЙ", True), ("tea", "cup", False), (None, "cup", False)
)
