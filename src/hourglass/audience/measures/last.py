"""When it happened for the last time; or what a property was then.

Of several events at one moment the greatest value counts.
"""

from __future__ import annotations

from typing import Any

from hourglass.audience.columns.scope import AT, Scope
from hourglass.audience.measures.measure import Measure, Measured, moment_of


def _build(asked: Measured, hit: Any, scope: Scope) -> Any:
    if asked.of is None:
        return scope.only(hit, moment_of(asked, scope)).max()
    found = scope.d.latest(scope.text(asked.value(scope)), scope.only(hit, scope.col(AT)))
    return found if asked.kind == "text" else scope.number(found)


LAST = Measure(
    name="last",
    takes="either",
    gives=lambda asked: asked.kind,
    words={"en": "the last time {value}", "ru": "последний раз {value}"},
    words_of={"en": "the last {property} {value}", "ru": "последнее {property} {value}"},
    build=_build,
)
