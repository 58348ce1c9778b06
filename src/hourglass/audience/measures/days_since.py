"""Whole days (of 24 hours) since the last time."""

from __future__ import annotations

from hourglass.audience.columns.scope import AGE, DAY
from hourglass.audience.measures.measure import Measure

DAYS_SINCE = Measure(
    name="days_since",
    takes="nothing",
    words={"en": "{value} {noun} since the last time", "ru": "с последнего раза прошло {value} {noun}"},
    nouns={"en": ("day", "days"), "ru": ("день", "дня", "дней")},
    build=lambda _asked, hit, scope: scope.only(hit, scope.col(AGE)).min() // DAY,
    thresholds=lambda value: [int(value) * DAY, (int(value) + 1) * DAY],
)
