"""The same few events and their mails while all else works: segments build over the lake, a campaign goes out."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from msgspec import Struct

from bench.installation import installation
from bench.latency import answered, row
from bench.row import Row, metered
from bench.segments_shapes import conditions
from bench.timed_sink import TimedSink
from hourglass import campaigns
from hourglass.kernel import SystemClock
from hourglass.postgres import Database, find_workspace
from tests.live import Live

_RATE = 5
_SEGMENTS = 50
_BUDGET = 1000.0
_DOCUMENTS: tuple[dict[str, Any], ...] = (
    {"kind": "segment", "key": "everybody", "list": True},
    {
        "kind": "campaign",
        "key": "weekly",
        "segment": "everybody",
        "channel": "email",
        "template": "ping",
        "class": "transactional",
    },
)
_MEMBERS = b"""
INSERT INTO segment_members
SELECT d.workspace_id, d.id, p.id, now() FROM definitions d JOIN profiles p USING (workspace_id)
WHERE d.kind = 'segment' AND d.key = 'everybody' AND substring(p.email FROM '^p([0-9]+)@')::int >= %s
"""
_UNBUILT = b"SELECT count(*) FROM segment_builds WHERE state = 'building'"
_BUILD_AGAIN = b"UPDATE segment_builds SET version = 0, state = 'building'"


class Busy(Struct):
    """What went on beside: whole builds of all segments, and mails of the campaign."""

    builds: int = 0


def run(size: str) -> list[Row]:
    """5 events a second; the budget is p99 < 1 s."""
    events, readers, seconds = (1_000_000, 5_000, 20) if size == "small" else (20_000_000, 100_000, 60)
    count = _RATE * seconds
    with TimedSink() as sink, installation(count + readers, events, smtp_url=sink.url) as live:
        _define(live, count)
        with live.database() as database, _busy(database) as busy, metered() as meter:
            waits = answered(live, sink, count, _RATE)
            sent = len(sink.taken) - count
    building = f"{_SEGMENTS} segments over {events:,} events are built ({busy.builds} times)"
    return [
        row(
            "latency_busy",
            waits,
            meter,
            _BUDGET,
            f"{_RATE} events/s while {building} and {sent:,} mails of a campaign leave",
        )
    ]


def _define(live: Live, count: int) -> None:
    """Segments, and a campaign to everybody who is not to be pinged."""
    segments = [{"kind": "segment", "key": key, "when": when} for key, when in conditions(_SEGMENTS).items()]
    live.define(*_DOCUMENTS, *segments)
    with live.database() as database, database.transaction() as tx:
        tx.execute(_MEMBERS, [count])
    with live.database() as database:
        deadline = time.monotonic() + 300
        while _unbuilt(database) or not _builds(database):
            assert time.monotonic() < deadline, "the segments are not built"
            time.sleep(0.1)


@contextmanager
def _busy(database: Database) -> Generator[Busy]:
    """Send the campaign, and build the segments again as soon as they are built."""
    busy, stop = Busy(), threading.Event()
    with database.transaction() as tx:
        campaigns.send(tx, find_workspace(tx), "weekly", "bench", SystemClock().now())
        tx.execute(_BUILD_AGAIN)
    building = threading.Thread(target=_keep_building, args=(database, busy, stop))
    building.start()
    try:
        yield busy
    finally:
        stop.set()
        building.join()


def _keep_building(database: Database, busy: Busy, stop: threading.Event) -> None:
    while not stop.wait(0.1):
        if not _unbuilt(database):
            busy.builds += 1
            with database.transaction() as tx:
                tx.execute(_BUILD_AGAIN)


def _unbuilt(database: Database) -> int:
    with database.transaction() as tx:
        return tx.execute(_UNBUILT).fetchall()[0][0]


def _builds(database: Database) -> int:
    with database.transaction() as tx:
        return tx.execute(b"SELECT count(*) FROM segment_builds").fetchall()[0][0]
