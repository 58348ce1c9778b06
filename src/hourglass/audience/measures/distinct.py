"""How many different values a property has."""

from __future__ import annotations

from hourglass.audience.measures.measure import Measure, different

DISTINCT = Measure(
    name="distinct",
    takes="property",
    words={"en": "different {property}: {value}", "ru": "разных {property}: {value}"},
    of_none=0,
    build=lambda asked, hit, scope: different(hit, asked.value(scope), scope),
)
