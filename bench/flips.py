"""Time alone moves people: what a flip costs when nobody does anything, for a million of them an hour."""

from __future__ import annotations

import time
from datetime import timedelta

from bench.row import Row
from bench.shop import NOW, SHOP
from bench.spent import spent
from bench.tick import fresh_shop, settle
from hourglass import definitions
from hourglass.audience import SEGMENT
from hourglass.definitions import Kinds
from hourglass.engine import EngineWorker
from hourglass.kernel import FixedClock

_AN_HOUR = 1_000_000
_MINUTES = 10
_RECENT = b"""
INSERT INTO events (workspace_id, identity_id, name_id, at, seq, message_id, properties)
SELECT 1, i.id, n.id, %(now)s - interval '1 day' + random() * %(minutes)s * interval '1 minute', 0, gen_random_uuid(),
  '{}'
FROM identities i CROSS JOIN event_names n WHERE i.kind = 'user_id' AND n.name = 'Checkout Started'
"""


def run(size: str) -> list[Row]:
    """Everybody leaves one segment and enters another within ten minutes of the shop's time."""
    people = 10_000 if size == "small" else 100_000
    documents = [
        {"kind": "segment", "key": "lately", "when": {"event": "Checkout Started", "within": "1d"}},
        {"kind": "segment", "key": "not-lately", "when": {"not": {"event": "Checkout Started", "within": "1d"}}},
    ]
    with fresh_shop(people, 1, 0, 0) as (database, settings):
        with database.transaction() as tx:
            tx.execute(b"DELETE FROM events")  # what the shop's people did themselves would keep some of them inside
            tx.execute(_RECENT, {"now": NOW, "minutes": _MINUTES})
            for document in documents:
                definitions.put(tx, SHOP, document, kinds=Kinds([SEGMENT]), author="bench", now=NOW)
        settle(database, settings)
        clock, flips = FixedClock(NOW), 0
        worker = EngineWorker(database, clock, settings)
        before, started = spent(database), time.perf_counter()
        for _ in range(_MINUTES * 6):
            clock.advance(timedelta(seconds=10))
            while moved := worker.once().moved_segments:
                flips += moved
        cpu, wall = spent(database) - before, time.perf_counter() - started
        worker.close()
    assert flips == 2 * people, flips
    return [
        Row(
            name="flips",
            ours=cpu / flips * _AN_HOUR / 3600 * 100,
            limit=10.0,
            unit="% of a core",
            wall_s=wall,
            cpu_s=cpu,
            note=f"{flips:,} flips, {cpu / flips * 1e6:.0f} µs each, PostgreSQL included; for a million an hour",
        )
    ]
