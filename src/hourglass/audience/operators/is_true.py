"""True: `true`, and what tables write for it, `1` and `yes`."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

TRUE = ["true", "1", "yes"]
"""In small letters."""

IS_TRUE = Operator(
    name="is_true",
    words={"en": "is true", "ru": "— да"},
    build=lambda left, _right, _scope: left.str.to_lowercase().is_in(TRUE),
    takes="nothing",
    reads="text",
    examples=(
        ("true", None, True),
        ("True", None, True),
        ("1", None, True),
        ("false", None, False),
        ("", None, False),
        ("maybe", None, False),
        (None, None, False),
    ),
)
