"""The text has a part that a regular expression describes; `^` and `$` hold it to the whole text.

What engines do not read alike is refused when the condition is read: look-around, back-references, flags, named groups.
"""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator
from hourglass.lake import portable_pattern

MATCHES = Operator(
    name="matches",
    words={"en": "matches {value}", "ru": "соответствует образцу {value}"},
    build=lambda left, right, _scope: left.str.contains(portable_pattern(right, "value")),
    takes="pattern",
    reads="text",
    examples=(
        ("+77011234567", r"^\+7\d{10}$", True),
        ("+77011234567\n", r"^\+7\d{10}$", False),
        ("+7701", r"^\+7\d{10}$", False),
        ("Чай зелёный", r"\bзел\w+", True),
        ("чай", "Чай", False),
        ("чай", "[Чч]ай", True),
        (None, ".*", False),
    ),
)
