"""A month of the past through a journey, beside reading and decoding the same events."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import msgspec

from bench.row import Row, metered
from bench.shop import CATEGORIES, NOW, SHOP, envelopes
from bench.spent import spent
from bench.tick import fresh_shop
from hourglass import backtest, log
from hourglass.audience import SEGMENT
from hourglass.definitions import Kinds
from hourglass.engine import EngineWorker
from hourglass.events import decode
from hourglass.journeys import JOURNEY
from hourglass.kernel import FixedClock, Settings
from hourglass.postgres import Database, find_workspace

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
    count = 100_000 if size == "small" else 1_000_000
    with fresh_shop(count // 20, 0, 0, 0) as (database, settings):
        made = list(_over_a_month(count))
        _import(database, settings, made)
        started = time.process_time()
        for begin in range(0, count, 1000):
            decode(b"[" + b",".join(made[begin : begin + 1000]) + b"]", NOW, NOW, "EUR")
        limit = count / (time.process_time() - started)
        with database.transaction() as tx:
            workspace = find_workspace(tx, SHOP)
        before = spent(database)
        with metered() as meter:
            found = backtest.backtest(database, settings.data, workspace, _CART, NOW - _MONTH, NOW,
                                      kinds=Kinds([JOURNEY, SEGMENT]), now=NOW)  # fmt: skip
        cpu = spent(database) - before
    assert found.flow.entered, "nobody entered"
    per_stop = f"{1000 * cpu / found.ticks:.0f} ms CPU each, PostgreSQL's included"
    return [
        Row(
            name="backtest",
            ours=count / meter.wall_s,
            limit=limit,
            unit="events/s",
            wall_s=meter.wall_s,
            cpu_s=cpu,
            peak_mb=meter.peak_mb,
            note=f"{count:,} events of 30 days, {found.ticks:,} stops, {per_stop}; limit: decoding them",
        )
    ]


def _import(database: Database, settings: Settings, made: list[bytes]) -> None:
    worker = EngineWorker(database, FixedClock(NOW), settings)
    for begin in range(0, len(made), 20_000):
        with database.transaction() as tx:
            log.append(tx, SHOP, made[begin : begin + 20_000], NOW, settings.partitions)
        while not worker.once().idle:
            pass
    worker.close()


def _over_a_month(count: int) -> Iterator[bytes]:
    chance = Random(3)
    for one in envelopes(count // 20, count):
        envelope = msgspec.json.decode(one)
        envelope["h"] = True
        envelope["e"]["timestamp"] = (NOW - _MONTH * chance.random()).isoformat()
        yield msgspec.json.encode(envelope)
