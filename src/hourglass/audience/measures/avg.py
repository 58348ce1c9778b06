"""The mean of a property."""

from __future__ import annotations

from hourglass.audience.measures.measure import Measure

AVG = Measure(
    name="avg",
    takes="property",
    words={"en": "average {property} {value}", "ru": "среднее {property} {value}"},
    build=lambda asked, hit, scope, _column: scope.only(hit, asked.number(scope)).mean(),
)
