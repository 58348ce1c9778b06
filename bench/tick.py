"""The full tick: 50 live segments and 10 journeys over 100,000 people, beside one COPY into one indexed table."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import msgspec

from bench.row import Row, metered
from bench.shop import NOW, SHOP, define, envelopes, populate
from hourglass import log
from hourglass.engine import EngineWorker
from hourglass.kernel import FixedClock, Settings, calm_collector, share_cores
from hourglass.postgres import Database, EmbeddedServer, migrate

PEOPLE = 100_000
PARTITIONS = 4
WORKERS = os.cpu_count() or 1
_BUILT = b"""
INSERT INTO segment_builds (workspace_id, segment_id, version, built_at, members)
SELECT workspace_id, id, version, %s, 0 FROM definitions WHERE kind = 'segment'
"""
_ASK = b"INSERT INTO rechecks (workspace_id, profile_id, due_at) SELECT workspace_id, id, %s FROM profiles"


@contextmanager
def fresh_shop(people: int, each: int, segments: int, journeys: int) -> Generator[tuple[Database, Settings]]:
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
    """Events a second by as many workers as the machine has cores, as `engine_workers` would start them."""
    count = 60_000 if size == "small" else 300_000
    with fresh_shop(PEOPLE, 5 if size == "small" else 20, 50, 10) as (database, settings):
        limit = _limit(database, list(envelopes(PEOPLE, 50_000, seed=1)))
        settle(database, settings)
        append(database, list(envelopes(PEOPLE, count, seed=2)))
        with metered() as meter:
            spent = _by_processes(settings.database_url, WORKERS)
        with database.transaction() as tx:
            (left,) = tx.execute(b"SELECT count(*) FROM event_log").fetchone() or (0,)
    assert not left, left
    return [
        Row(
            name="tick",
            ours=count / spent,
            limit=limit,
            unit="events/s",
            wall_s=spent,
            cpu_s=meter.cpu_s,
            peak_mb=meter.peak_mb,
            note=f"{WORKERS} workers; 50 segments, 10 journeys, 100,000 people; limit: COPY into one indexed table",
        )
    ]


def _by_processes(url: str, workers: int) -> float:
    """Seconds until the last of them found the log empty, from the moment when all stood ready."""
    command = [sys.executable, "-m", "bench.tick", url, str(workers)]
    share_cores(workers)  # theirs: this process has loaded the libraries already
    processes = [
        subprocess.Popen([*command, str(number)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for number in range(workers)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    started = time.perf_counter()
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
    for process in processes:
        assert process.wait() == 0
    return time.perf_counter() - started


def settle(database: Database, settings: Settings) -> None:
    """Everybody was asked once before anything is measured; the server knows its tables, as after a minute of work.

    These people have a hot history and no lake, so the ticks ask them, all segments counting as built.
    """
    with database.transaction() as tx:
        tx.execute(_BUILT, [NOW])
        tx.execute(_ASK, [NOW])
    worker = EngineWorker(database, FixedClock(NOW), msgspec.structs.replace(settings, engine_workers=1))
    while not worker.once().idle:
        pass
    worker.close()
    with database.transaction() as tx:
        tx.execute(b"ANALYZE")


def work(database: Database, settings: Settings, number: int = 0) -> None:
    """Process all that the worker's partitions hold."""
    worker = EngineWorker(database, FixedClock(NOW + timedelta(seconds=1)), settings, number)
    while worker.once().events:
        pass
    worker.close()


def append(database: Database, events: list[bytes]) -> None:
    """Put envelopes into the log, a thousand a commit."""
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


def _main(url: str, workers: int, number: int) -> None:
    """One worker as a process: ready, then wait for the start, then work."""
    settings = Settings(data=Path(), database_url=url, partitions=PARTITIONS, engine_workers=workers)
    calm_collector()
    print("ready", flush=True)
    sys.stdin.read()
    work(Database(url), settings, number)


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
