"""The full tick: 50 live segments and 10 journeys over 100,000 people, beside one COPY into one indexed table."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec

from bench.row import Row, metered
from bench.shop import NOW, SHOP, define, envelopes, populate
from hourglass import log
from hourglass.engine import EngineWorker
from hourglass.kernel import FixedClock, Settings
from hourglass.postgres import Database, EmbeddedServer, migrate

PEOPLE = 100_000
PARTITIONS = 4


@contextmanager
def fresh_shop(people: int, each: int, segments: int, journeys: int) -> Iterator[tuple[Database, Settings]]:
    """A server of its own with people, a past and definitions."""
    with tempfile.TemporaryDirectory(prefix="hourglass-bench-") as folder:
        data = Path(folder)
        with EmbeddedServer(data) as server:
            migrate(server.url)
            database = Database(server.url, max_size=8)
            populate(database, people, each)
            define(database, segments, journeys)
            yield database, Settings(data=data, database_url=server.url, partitions=PARTITIONS)
            database.close()


def run(size: str) -> list[Row]:
    """Events a second, one worker and then two sharing the partitions (threads of one process count as one core)."""
    count = 60_000 if size == "small" else 300_000
    with fresh_shop(PEOPLE, 5 if size == "small" else 20, 50, 10) as (database, settings):
        limit = _limit(database, list(envelopes(PEOPLE, 50_000, seed=1)))
        settle(database, settings)
        _append(database, list(envelopes(PEOPLE, count, seed=2)))
        with metered() as meter:
            done = work(database, settings)
    return [
        Row(
            name="tick",
            ours=done / meter.wall_s,
            limit=limit,
            unit="events/s",
            wall_s=meter.wall_s,
            cpu_s=meter.cpu_s,
            peak_mb=meter.peak_mb,
            note="one worker; 50 segments, 10 journeys, 100,000 people; limit: COPY into one indexed table",
        )
    ]


def settle(database: Database, settings: Settings) -> None:
    """The segments are built before anything is measured."""
    worker = EngineWorker(database, FixedClock(NOW), msgspec.structs.replace(settings, engine_workers=1))
    while not worker.once().idle:
        pass
    worker.close()


def work(database: Database, settings: Settings) -> int:
    """Process all that the log holds; how many events that was."""
    worker = EngineWorker(database, FixedClock(NOW + timedelta(seconds=1)), settings)
    total = 0
    while True:
        report = worker.once()
        total += report.events
        if not report.events:
            worker.close()
            return total


def _append(database: Database, events: list[bytes]) -> None:
    for start in range(0, len(events), 1000):
        with database.transaction() as tx:
            log.append(tx, SHOP, events[start : start + 1000], NOW, PARTITIONS)


def _limit(database: Database, events: list[bytes]) -> float:
    """COPY of the same events, 5,000 a commit, into one table with one index."""
    with database.transaction() as tx:
        tx.execute(b"CREATE TABLE raw (id text PRIMARY KEY, payload jsonb)")
    started = time.perf_counter()
    for start in range(0, len(events), 5000):
        part = events[start : start + 5000]
        with database.transaction() as tx, tx.cursor().copy(b"COPY raw FROM STDIN") as copy:
            copy.write(
                "".join(f"{start + i}\t{e.decode().replace(chr(92), chr(92) * 2)}\n" for i, e in enumerate(part))
            )
    return len(events) / (time.perf_counter() - started)
