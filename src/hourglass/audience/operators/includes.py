"""A set has the value in it."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.sets import has_any

INCLUDES = Operator(
    name="includes",
    words={"en": "includes {value}", "ru": "включает {value}"},
    build=lambda left, right, scope: has_any(left, [right], scope),
    reads="text",
    examples=(
        ('["shoes", "hats"]', "shoes", True),
        ('["shoes","hats"]', "hats", True),
        ('[ "shoes" ]', "shoes", True),
        ('["running shoes"]', "shoes", False),
        ('["a, \\"shoes\\"", "b"]', "shoes", False),
        ('["a,", ",b"]', ",", False),
        ('["say \\"hi\\""]', 'say "hi"', True),
        ('["\\u0447\\u0410\\u0439"]', "чАй", True),
        ('["чай"]', "чай", True),
        ('["a\\\\b/c"]', "a\\b/c", True),
        ('["[x]", "{y}"]', "{y}", True),
        ('[{"id": "shoes"}, "hats"]', "shoes", False),
        ('[{"id": "shoes"}, "hats"]', "hats", True),
        ('[["shoes"], 3]', 3, True),
        ("[1, 2.0, 30]", 3, False),
        ("[1, 2.0, 30]", 2, True),
        ('["3"]', 3, True),
        ("[true]", True, True),
        ("shoes", "shoes", True),
        ("[]", "shoes", False),
        ('["shoes', "shoes", False),
        (None, "shoes", False),
    ),
)
