"""When it happened for the first time; or what a property was then.

Of several events at one moment the greatest value counts.
"""

from __future__ import annotations

from typing import Any

from hourglass.audience.measures.measure import Measure, Measured, moment_of
from hourglass.audience.scope import AT, Scope


def _edge(_asked: Measured, hit: Any, scope: Scope) -> Any:
    return scope.only(hit, scope.col(AT)).min().over("subject")


def _build(asked: Measured, hit: Any, scope: Scope, column: str) -> Any:
    if asked.of is None:
        return scope.only(hit, moment_of(asked, scope)).min()
    return scope.only(hit & (scope.col(AT) == scope.col(column)), asked.value(scope)).max()


FIRST = Measure(
    name="first",
    takes="either",
    gives=None,
    words={"en": "the first time {value}", "ru": "первый раз {value}"},
    build=_build,
    rows=_edge,
)
