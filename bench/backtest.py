"""A month of the past through a journey, beside writing the same events down."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import msgspec

from bench.row import Row, metered
from bench.shop import CATEGORIES, NOW, SHOP, envelopes
from bench.tick import fresh_shop
from hourglass import backtest, log
from hourglass.audience import SEGMENT
from hourglass.definitions import Kinds
from hourglass.engine import EngineWorker
from hourglass.journeys import JOURNEY
from hourglass.kernel import FixedClock
from hourglass.postgres import find_workspace

_MONTH = timedelta(days=30)
_CART: dict[str, Any] = {
    "kind": "journey",
    "key": "cart",
    "entry": {"event": "Product Added", "where": [{"property": "category", "value": CATEGORIES[0]}]},
    "reentry": {"after": "7d"},
    "exit_when": {"event": "Order Completed"},
    "steps": [{"wait": "1h"}, {"send": {"channel": "email", "template": "hello"}}],
}


def run(size: str) -> list[Row]:
    """Events a second, everything included: the copy of the workspace, the replay, the answer."""
    count = 50_000 if size == "small" else 1_000_000
    with fresh_shop(count // 20, 0, 0, 0) as (database, settings):
        made = list(_over_a_month(count))
        worker = EngineWorker(database, FixedClock(NOW), settings)
        started = time.perf_counter()
        for begin in range(0, count, 20_000):
            with database.transaction() as tx:
                log.append(tx, SHOP, made[begin : begin + 20_000], NOW, settings.partitions)
            while not worker.once().idle:
                pass
        limit = count / (time.perf_counter() - started)
        worker.close()
        with database.transaction() as tx:
            workspace = find_workspace(tx, SHOP)
        with metered() as meter:
            found = backtest.backtest(database, settings.data, workspace, _CART, NOW - _MONTH, NOW,
                                      kinds=Kinds([JOURNEY, SEGMENT]), now=NOW)  # fmt: skip
    assert found.flow.entered, "nobody entered"
    return [
        Row(
            name="backtest",
            ours=count / meter.wall_s,
            limit=limit,
            unit="events/s",
            wall_s=meter.wall_s,
            cpu_s=meter.cpu_s,
            peak_mb=meter.peak_mb,
            note=f"{count:,} events of 30 days, {found.ticks:,} ticks; limit: importing them",
        )
    ]


def _over_a_month(count: int) -> Iterator[bytes]:
    chance = Random(3)
    for one in envelopes(count // 20, count):
        envelope = msgspec.json.decode(one)
        envelope["h"] = True
        envelope["e"]["timestamp"] = (NOW - _MONTH * chance.random()).isoformat()
        yield msgspec.json.encode(envelope)
