"""False: `false`, and what tables write for it, `0` and `no`. What is missing is not false."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

FALSE = ["false", "0", "no"]
"""In small letters."""

IS_FALSE = Operator(
    name="is_false",
    words={"en": "is false", "ru": "— нет"},
    build=lambda left, _right, _scope: left.str.to_lowercase().is_in(FALSE),
    takes="nothing",
    reads="text",
    examples=(
        ("false", None, True),
        ("No", None, True),
        ("0", None, True),
        ("true", None, False),
        ("", None, False),
        (None, None, False),
    ),
)
