"""A set is known and has none of the values in it."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator
from hourglass.audience.operators.sets import has_any
from hourglass.audience.operators.spoken import spoken
from hourglass.audience.operators.values import Single


def _shows(value: tuple[Single, ...], locale: str) -> str:
    return (" ни " if locale == "ru" else " nor ").join(spoken(one, locale) for one in value)


INCLUDES_NONE = Operator(
    name="includes_none",
    words={"en": "includes neither {value}", "ru": "не включает ни {value}"},
    build=lambda left, right, scope: ~has_any(left, right, scope),
    takes="list",
    reads="text",
    shows=_shows,
    examples=(
        ('["shoes", "hats"]', ["bags", "gloves"], True),
        ('["shoes", "hats"]', ["bags", "hats"], False),
        ("shoes", ["bags"], True),
        ("[]", ["shoes"], True),
        (None, ["shoes"], False),
    ),
)
