"""A few events and their mails while a price drop brings very many people into another journey."""

from __future__ import annotations

import threading
import time
from typing import Any

from bench.installation import installation, post, settled
from bench.latency import answered, row
from bench.row import Row, metered
from bench.timed_sink import TimedSink
from hourglass.postgres import Database
from tests.live import Live

_RATE, _AT_ONCE = 5, 100
_BUDGET = 2000.0
_DROP: dict[str, Any] = {
    "kind": "journey",
    "key": "drop",
    "entry": {"product": "price_drop", "by": "10%"},
    "steps": [{"wait": "30d"}],
}
_ENTERED = b"""
SELECT count(*) FROM journey_runs
WHERE workspace_id = 1 AND journey_id = (SELECT id FROM definitions WHERE key = 'drop')
"""
_PATIENCE = 300.0


def run(size: str) -> list[Row]:
    """5 events a second of others, each with a mail; the budget is p99 < 2 s."""
    watchers, seconds = (10_000, 20) if size == "small" else (80_000, 60)
    count = _RATE * seconds
    with TimedSink() as sink, installation(count, smtp_url=sink.url) as live:
        live.define(_DROP)
        for start in range(0, watchers, _AT_ONCE):
            post(live, "import", [_viewed(n) for n in range(start, min(watchers, start + _AT_ONCE))])
        settled(live)
        took: list[float] = []
        with live.database() as database, metered() as meter:
            waiting = threading.Thread(target=_drop, args=(live, database, watchers, took))
            waiting.start()
            waits = answered(live, sink, count, _RATE)
            waiting.join()
    assert took, f"not all of {watchers:,} people entered"
    note = f"{_RATE} events/s while a price drop brings in {watchers:,} people, the last after {took[0]:.1f} s"
    return [row("fan_out", waits, meter, _BUDGET, note)]


def _drop(live: Live, database: Database, watchers: int, took: list[float]) -> None:
    """Halve the price, and see how long it takes until everybody who looked at the product is inside."""
    began = time.monotonic()
    post(live, "batch", [{**_told("the shop", "Product Updated", 50), "messageId": "halved"}])
    while time.monotonic() < began + _PATIENCE:
        with database.transaction() as tx:
            ((entered,),) = tx.execute(_ENTERED).fetchall()
        if entered >= watchers:
            took.append(time.monotonic() - began)
            return
        time.sleep(0.1)


def _viewed(n: int) -> dict[str, Any]:
    return _told(f"watcher-{n}", "Product Viewed", 100)


def _told(user: str, event: str, price: int) -> dict[str, Any]:
    properties = {"product_id": "tea", "name": "Tea", "price": price, "currency": "EUR"}
    return {"type": "track", "event": event, "userId": user, "properties": properties}
