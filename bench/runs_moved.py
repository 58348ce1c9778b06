"""Moving due journey runs, beside an UPDATE of the same rows."""

from __future__ import annotations

import time
from datetime import timedelta

from bench.row import Row, metered
from bench.shop import NOW, SHOP
from bench.tick import fresh_shop
from hourglass import definitions
from hourglass.definitions import Kinds
from hourglass.engine import EngineWorker
from hourglass.journeys import JOURNEY
from hourglass.kernel import FixedClock, calm_collector

_WAITING = b"""
INSERT INTO journey_runs (workspace_id, journey_id, version, profile_id, step, state, wake_at, entered_at, entry_seq)
SELECT 1, %s, 1, id, 'steps[0]', 'waiting', %s, %s, 0 FROM profiles ORDER BY id LIMIT %s
"""
_LIMIT = b"UPDATE journey_runs SET wake_at = wake_at + interval '1 second' WHERE id BETWEEN %s AND %s"
_SET = 5000


def run(size: str) -> list[Row]:
    """Steps a second: wake, look at the exit condition, go on to the next wait, note it."""
    count = 50_000 if size == "small" else 200_000
    journey = {
        "kind": "journey",
        "key": "waits",
        "entry": {"event": "Nothing"},
        "exit_when": {"event": "Order Cancelled"},
        "steps": [{"wait": "1h"}, {"wait": "1d"}, {"wait": "1d"}],
    }
    calm_collector()  # as each role does when it starts
    with fresh_shop(count, 1, 0, 0) as (database, settings):
        with database.transaction() as tx:
            found = definitions.put(tx, SHOP, journey, kinds=Kinds([JOURNEY]), author="bench", now=NOW)
            tx.execute(_WAITING, [found.id, NOW, NOW - timedelta(hours=1), count])
            (first, last) = tx.execute(b"SELECT min(id), max(id) FROM journey_runs").fetchone() or (0, 0)
        started = time.perf_counter()
        for start in range(first, last + 1, _SET):
            with database.transaction() as tx:
                tx.execute(_LIMIT, [start, start + _SET - 1])
        limit = count / (time.perf_counter() - started)
        worker = EngineWorker(database, FixedClock(NOW + timedelta(minutes=1)), settings)
        moved = 0
        with metered() as meter:
            while (report := worker.once()).runs_moved:
                moved += report.runs_moved
        worker.close()
    assert moved == count, moved
    return [
        Row(
            name="runs_moved",
            ours=count / meter.wall_s,
            limit=limit,
            unit="steps/s",
            wall_s=meter.wall_s,
            cpu_s=meter.cpu_s,
            peak_mb=meter.peak_mb,
            note="one worker; limit: UPDATE of the same rows, 5,000 a commit",
        )
    ]
