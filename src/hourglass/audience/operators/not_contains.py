"""The text is known and has not the other text in it, to the letter."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator, ignoring_case

NOT_CONTAINS = Operator(
    name="not_contains",
    words={"en": "does not contain {value}", "ru": "не содержит {value}"},
    build=lambda left, right, _scope: ~left.str.contains(right, literal=True),
    reads="text",
    examples=(
        ("tea cup", "cup", False),
        ("tea", "cup", True),
        ("Cup", "cup", True),
        ("", "a", True),
        (None, "cup", False),
    ),
)
NOT_CONTAINS_IGNORING_CASE = ignoring_case(
    NOT_CONTAINS, ("Tea Cup", "cup", False), ("tea", "CUP", True), (None, "cup", False)
)
