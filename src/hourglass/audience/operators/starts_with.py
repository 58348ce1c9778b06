"""The text begins with the other text, to the letter."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator, ignoring_case

STARTS_WITH = Operator(
    name="starts_with",
    words={"en": "starts with {value}", "ru": "начинается с {value}"},
    build=lambda left, right, _scope: left.str.starts_with(right),
    reads="text",
    examples=(("+7701", "+7", True), ("8701", "+7", False), ("", "a", False), (None, "+7", False)),
)
STARTS_WITH_IGNORING_CASE = ignoring_case(
    STARTS_WITH, ("Алматы", "алма", True), ("Астана", "алма", False), (None, "алма", False)
)
