"""A whole segment enters a journey, beside an INSERT of the same rows."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

from bench.row import Row, metered
from bench.shop import NOW, SHOP
from bench.tick import fresh_shop
from hourglass import definitions
from hourglass.audience import SEGMENT
from hourglass.definitions import Kinds
from hourglass.engine import EngineWorker
from hourglass.journeys import JOURNEY
from hourglass.journeys.entries.sweep import Sweep
from hourglass.kernel import FixedClock, calm_collector
from hourglass.postgres import Database, find_workspace

_SEGMENT: dict[str, Any] = {"kind": "segment", "key": "everybody", "list": True}
_JOURNEY: dict[str, Any] = {
    "kind": "journey",
    "key": "greeting",
    "entry": {"segment": "everybody", "existing": True},
    "goal": {"event": "Order Completed"},
    "steps": [{"wait": "1d"}, {"send": {"channel": "email", "template": "hello"}}],
}
_MEMBERS = b"INSERT INTO segment_members SELECT 1, %s, id, %s FROM profiles"
_LIMIT = b"""
INSERT INTO journey_runs (workspace_id, journey_id, version, profile_id, step, state, wake_at, entered_at, entry_seq)
SELECT 1, %s, 1, id, 'steps[0]', 'waiting', %s, %s, 0 FROM profiles WHERE id BETWEEN %s AND %s
"""
_SET = 5000


def run(size: str) -> list[Row]:
    """People a second, from the journey going live until the last of them is inside and waits; one engine."""
    count = 50_000 if size == "small" else 500_000
    clock = FixedClock(NOW)
    calm_collector()
    with fresh_shop(count, 1, 0, 0) as (database, settings):
        limit = count / _by_hand(database)
        with database.transaction() as tx:
            kinds = Kinds([SEGMENT, JOURNEY])
            segment, journey = (
                definitions.put(tx, SHOP, one, kinds=kinds, author="bench", now=NOW) for one in (_SEGMENT, _JOURNEY)
            )
            tx.execute(_MEMBERS, [segment.id, NOW])
            workspace = find_workspace(tx, SHOP)
        worker = EngineWorker(database, clock, settings)
        clock.advance(timedelta(seconds=1))
        with metered() as meter:
            queued = Sweep().look(database, workspace, clock.now())
            entered = 0
            while (report := worker.once()).runs_entered:
                entered += report.runs_entered
        worker.close()
        with database.transaction() as tx:
            ((inside,),) = tx.execute(
                b"SELECT count(*) FROM journey_runs WHERE journey_id = %s", [journey.id]
            ).fetchall()
    assert queued == entered == inside == count, (queued, entered, inside)
    return [
        Row(
            name="enrolment",
            ours=count / meter.wall_s,
            limit=limit,
            unit="people/s",
            wall_s=meter.wall_s,
            cpu_s=meter.cpu_s,
            peak_mb=meter.peak_mb,
            note=f"a segment of {count:,} enters one journey; limit: INSERT of the same rows, {_SET:,} a commit",
        )
    ]


def _by_hand(database: Database) -> float:
    """Seconds for the same rows, as runs of a journey that nobody has; they are gone afterwards."""
    with database.transaction() as tx:
        (first, last) = tx.execute(b"SELECT min(id), max(id) FROM profiles").fetchone() or (0, 0)
    started = time.perf_counter()
    for start in range(first, last + 1, _SET):
        with database.transaction() as tx:
            tx.execute(_LIMIT, [0, NOW, NOW, start, start + _SET - 1])
    spent = time.perf_counter() - started
    with database.transaction() as tx:
        tx.execute(b"TRUNCATE journey_runs")
    return spent
