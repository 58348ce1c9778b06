"""The mean of a property."""

from __future__ import annotations

from typing import Any

from hourglass.audience.columns.scope import Scope
from hourglass.audience.measures.measure import Measure, Measured
from hourglass.audience.measures.sum import exact_sum


def _mean(asked: Measured, hit: Any, scope: Scope) -> Any:
    count = scope.only(hit, asked.number(scope)).count()
    return scope.only(count > 0, exact_sum(asked, hit, scope) / count)


AVG = Measure(
    name="avg",
    takes="property",
    gives=lambda asked: asked.summed,
    words={"en": "average {property} {value}", "ru": "среднее {property} {value}"},
    build=_mean,
)
