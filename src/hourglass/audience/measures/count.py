"""How many events."""

from __future__ import annotations

from hourglass.audience.measures.measure import Measure

COUNT = Measure(
    name="count",
    takes="nothing",
    words={"en": "{value} {noun}", "ru": "{value} {noun}"},
    nouns={"en": ("time", "times"), "ru": ("раз", "раза", "раз")},
    build=lambda _asked, hit, scope: scope.d.count(hit),
    of_none=0,
)
