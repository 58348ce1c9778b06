"""What a tick costs with 200 live segments instead of 20: only touched conditions are asked."""

from __future__ import annotations

from datetime import timedelta

from bench.row import Row
from bench.shop import NOW, envelopes
from bench.spent import spent
from bench.tick import append, fresh_shop, settle
from hourglass.engine import EngineWorker
from hourglass.kernel import FixedClock

_PEOPLE = 20_000
_FEW, _MANY = 20, 200
_A_TICK = 500
"""Events: a busy shop's, so that what each tick costs whatever it holds is seen."""


def run(size: str) -> list[Row]:
    """CPU of engine and PostgreSQL for the same events, with many segments and, as the limit, with few."""
    count = 10_000 if size == "small" else 50_000
    few, many = (_cost(number, count) for number in (_FEW, _MANY))
    return [
        Row(
            name="segments_live",
            ours=many,
            limit=few,
            unit="CPU s",
            cpu_s=many,
            note=f"{count:,} events, {_A_TICK} a tick; {_MANY} live segments, limit: {_FEW}; at most twice",
        )
    ]


def _cost(segments: int, count: int) -> float:
    with fresh_shop(_PEOPLE, 5, segments, 0) as (database, settings):
        settle(database, settings)
        events = list(envelopes(_PEOPLE, count, seed=3))
        worker = EngineWorker(database, FixedClock(NOW + timedelta(seconds=1)), settings)
        worker.once()
        cost = 0.0
        for start in range(0, count, _A_TICK):
            append(database, events[start : start + _A_TICK])
            before = spent(database)
            worker.once()
            cost += spent(database) - before
        worker.close()
    return cost
