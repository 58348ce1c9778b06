"""The sum of a property, in whole minor units or millionths: ten times 0.10 is exactly 1, in any order of rows."""

from __future__ import annotations

from typing import Any

from hourglass.audience.columns.scope import Scope
from hourglass.audience.measures.measure import Measure, Measured


def exact_sum(asked: Measured, hit: Any, scope: Scope) -> Any:
    """Missing where nothing was summed."""
    number = asked.number(scope)
    value = scope.only(hit, number if asked.kind == "money" else scope.d.millionths(number))
    return scope.only(value.count() > 0, value.sum())


SUM = Measure(
    name="sum",
    takes="property",
    gives=lambda asked: asked.summed,
    words={"en": "sum of {property} {value}", "ru": "сумма {property} {value}"},
    build=exact_sum,
)
