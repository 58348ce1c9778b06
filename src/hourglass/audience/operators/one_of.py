"""Equal to one of a list."""

from __future__ import annotations

from hourglass.audience.operators.operator import Operator

ONE_OF = Operator(
    name="one_of",
    words={"en": "is one of {value}", "ru": "одно из {value}"},
    build=lambda left, right, _scope: left.is_in(right),
    takes="list",
    examples=(("shoes", ["shoes", "hats"], True), ("bags", ["shoes", "hats"], False), (None, ["shoes"], False)),
)
