"""The sum of a property. Money is summed as integers and divided once: ten times 0.10 is exactly 1."""

from __future__ import annotations

from typing import Any

from hourglass.audience.measures.measure import Measure, Measured
from hourglass.audience.scope import Scope
from hourglass.history import MONEY


def exact_sum(asked: Measured, hit: Any, scope: Scope) -> Any:
    """Missing where nothing was summed."""
    raw = asked.of in MONEY
    value = scope.only(hit, scope.col(str(asked.of)) if raw else asked.number(scope))
    total = value.sum() / 10**scope.minor_digits if raw else value.sum()
    return scope.only(value.count() > 0, total)


SUM = Measure(
    name="sum",
    takes="property",
    words={"en": "sum of {property} {value}", "ru": "сумма {property} {value}"},
    build=lambda asked, hit, scope, _column: exact_sum(asked, hit, scope),
)
