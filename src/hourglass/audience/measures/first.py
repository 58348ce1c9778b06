"""When it happened for the first time; or what a property was then.

Of several events at one moment the least value counts.
"""

from __future__ import annotations

from typing import Any

from hourglass.audience.columns.scope import AT, Scope
from hourglass.audience.measures.measure import Measure, Measured, moment_of


def _build(asked: Measured, hit: Any, scope: Scope) -> Any:
    if asked.of is None:
        return scope.only(hit, moment_of(asked, scope)).min()
    found = scope.d.earliest(scope.text(asked.value(scope)), scope.only(hit, scope.col(AT)))
    return found if asked.kind == "text" else scope.number(found)


FIRST = Measure(
    name="first",
    takes="either",
    gives=lambda asked: asked.kind,
    words={"en": "the first time {value}", "ru": "первый раз {value}"},
    words_of={"en": "the first {property} {value}", "ru": "первое {property} {value}"},
    build=_build,
)
