"""Which part of the events, or of a sum, is of a kind, in percent: “at least 60 % of orders in shoes”."""

from __future__ import annotations

from typing import Any

from hourglass.audience.columns.scope import Scope
from hourglass.audience.measures.measure import Measure, Measured, events_of, part
from hourglass.audience.measures.sum import exact_sum


def _build(asked: Measured, hit: Any, scope: Scope) -> Any:
    def amount(rows: Any) -> Any:
        return events_of(rows, scope) if asked.of is None else exact_sum(asked, rows, scope)

    whole = amount(hit)
    return scope.only(whole > 0, amount(part(asked, hit, scope)).fill_null(0) * 100.0 / whole)


SHARE = Measure(
    name="share",
    takes="share",
    words={"en": "share where {where}: {value} %", "ru": "доля, где {where}: {value} %"},
    words_of={"en": "share of {property} where {where}: {value} %", "ru": "доля {property}, где {where}: {value} %"},
    build=_build,
)
