"""How many events."""

from __future__ import annotations

from hourglass.audience.measures.measure import Measure

COUNT = Measure(
    name="count",
    takes="nothing",
    words={"en": "{value} times", "ru": "{value} раз"},
    build=lambda _asked, hit, scope: scope.d.count(hit),
    of_none=0,
)
