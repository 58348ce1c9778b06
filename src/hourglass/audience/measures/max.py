"""The largest value of a property."""

from __future__ import annotations

from hourglass.audience.measures.measure import Measure

MAX = Measure(
    name="max",
    takes="property",
    gives=lambda asked: "money" if asked.kind == "money" else "number",
    words={"en": "largest {property} {value}", "ru": "наибольшее {property} {value}"},
    build=lambda asked, hit, scope: scope.only(hit, asked.number(scope)).max(),
)
