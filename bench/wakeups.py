"""Many waits end within one minute: how late each run goes on, by the engine as it is served."""

from __future__ import annotations

import tempfile
import time
from bisect import bisect_left
from datetime import datetime, timedelta
from pathlib import Path

from bench.row import Row, metered, percentile
from hourglass.kernel import SystemClock
from hourglass.postgres import Database
from tests.live import Live

_JOURNEY = {
    "kind": "journey",
    "key": "waits",
    "entry": {"event": "Nothing"},
    "goal": {"event": "Order Completed"},
    "steps": [{"wait": "1h"}, {"wait": "30d"}],
}
_BUDGET = 1000.0
_SPREAD, _AHEAD = 60.0, 15.0
_PEOPLE = b"""
INSERT INTO profiles (workspace_id, id, known, first_seen_at, last_seen_at, events)
SELECT 1, nextval('profile_ids'), true, now(), now(), 0 FROM generate_series(1, %s)
"""
_RUNS = b"""
INSERT INTO journey_runs (workspace_id, journey_id, version, profile_id, step, state, wake_at, entered_at, entry_seq)
SELECT 1, d.id, 1, p.id, 'steps[0]', 'waiting',
  CASE WHEN p.place <= %(due)s THEN %(first)s + p.place * %(apart)s ELSE %(first)s + interval '10 days' END,
  %(first)s - interval '1 hour', 0
FROM (SELECT id, row_number() OVER (ORDER BY id) AS place FROM profiles) p, definitions d WHERE d.key = 'waits'
"""
_NEXT = b"""
SELECT wake_at FROM journey_runs
WHERE workspace_id = 1 AND journey_id = (SELECT id FROM definitions WHERE key = 'waits') AND state = 'waiting'
ORDER BY wake_at LIMIT 1
"""


def run(size: str) -> list[Row]:
    """So many due in one minute, among ten times as many that wait on; the budget is p99 < 1 s."""
    due = 20_000 if size == "small" else 100_000
    with tempfile.TemporaryDirectory(prefix="hourglass-bench-") as folder, Live(Path(folder)) as live:
        live.define(_JOURNEY)
        with live.database() as database:
            first = _waiting(database, due, due * 10)
            with metered() as meter:
                late = _lateness(database, first, due)
    return [
        Row(
            name="wakeups",
            ours=percentile(late, 0.99),
            limit=_BUDGET,
            unit="ms (p99)",
            p50=percentile(late, 0.5),
            wall_s=meter.wall_s,
            cpu_s=meter.cpu_s,
            peak_mb=meter.peak_mb,
            note=f"{due:,} of {due * 11:,} waiting runs are due within a minute; limit: the budget",
        )
    ]


def _waiting(database: Database, due: int, more: int) -> datetime:
    """Runs due one after the other, and others that wait; when the first one is."""
    with database.transaction() as tx:
        tx.execute(_PEOPLE, [due + more])
    first = SystemClock().now() + timedelta(seconds=_AHEAD + (due + more) / 20_000)
    with database.transaction() as tx:
        tx.execute(_RUNS, {"due": due, "first": first, "apart": timedelta(seconds=_SPREAD / due)})
    with database.transaction() as tx:
        tx.execute(b"ANALYZE")
    assert SystemClock().now() < first, "the machine was too slow to get ready"
    return first


def _lateness(database: Database, first: datetime, due: int) -> list[float]:
    """For each run how many ms after its moment it was seen to have gone on; runs go in the order of their moments."""
    apart = _SPREAD / due
    moments = [place * apart for place in range(1, due + 1)]
    seen: list[tuple[float, float]] = []
    while not seen or seen[-1][1] <= moments[-1]:
        with database.transaction() as tx:
            ((following,),) = tx.execute(_NEXT).fetchall()
        seen.append(((SystemClock().now() - first).total_seconds(), (following - first).total_seconds()))
        assert seen[-1][0] < _SPREAD * 5, "the waits do not end"
        time.sleep(0.01)
    reached = [following for _, following in seen]
    return [max(0.0, seen[bisect_left(reached, moment + apart / 2)][0] - moment) * 1000 for moment in moments]
