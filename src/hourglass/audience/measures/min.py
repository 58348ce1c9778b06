"""The smallest value of a property."""

from __future__ import annotations

from hourglass.audience.measures.measure import Measure

MIN = Measure(
    name="min",
    takes="property",
    gives=lambda asked: "money" if asked.kind == "money" else "number",
    words={"en": "smallest {property} {value}", "ru": "наименьшее {property} {value}"},
    build=lambda asked, hit, scope: scope.only(hit, asked.number(scope)).min(),
)
