"""Whoever reads from outside sees whole appends at any moment: while it is flushed and compacted."""

from __future__ import annotations

from threading import Event, Thread

import duckdb
import polars as pl
from deltalake import DeltaTable

from hourglass.kernel import WorkspaceId
from hourglass.lake import enqueue, flush, look, maintenance, scan
from hourglass.lake.compact import Band
from tests.lake.conftest import Lake
from tests.lake.facts import NOW, events, ids

TICKS, ROWS = 24, 10
SMALL = (Band(least=0, below=2**20, target=2**21, many=4),)


def write(lake: Lake, done: Event) -> None:
    try:
        for tick in range(TICKS):
            with lake.database.transaction() as tx:
                enqueue(tx, "events", events(ROWS, start=ROWS * tick, at=NOW))
            flush(lake.database, lake.data, NOW)
            if tick % 8 == 7:
                maintenance(lake.database, lake.data, NOW, bands=SMALL)
    finally:
        done.set()


def count_from_outside(lake: Lake) -> list[int]:
    with duckdb.connect() as plain:
        files = DeltaTable(lake.folder).file_uris()
        duck = plain.execute("SELECT count(*) FROM read_parquet(?)", [files]).fetchall()[0][0]
    return [duck, pl.scan_delta(lake.folder).select(pl.len()).collect().item(), DeltaTable(lake.folder).count()]


def test_readers_see_whole_appends_and_never_less_than_before(lake: Lake) -> None:
    lake.add(events(ROWS, start=ROWS * TICKS, at=NOW))
    done = Event()
    writer = Thread(target=write, args=(lake, done))
    writer.start()
    seen: list[int] = []
    while not done.is_set():
        seen += count_from_outside(lake)
    writer.join()
    seen += count_from_outside(lake)
    assert seen == sorted(seen)
    assert {count % ROWS for count in seen} == {0}
    assert seen[-1] == ROWS * (TICKS + 1)


def test_a_lake_that_never_rests_is_held_for_a_moment(lake: Lake) -> None:
    lake.add(events(ROWS))
    lake.enqueue(events(ROWS, start=ROWS))
    picture = look(lake.database, lake.data, attempts=0)
    assert (len(picture.files), picture.waiting.height) == (1, ROWS)
    assert flush(lake.database, lake.data, NOW).rows == ROWS


def test_a_scan_sees_each_processed_event_once_flushed_or_not(lake: Lake) -> None:
    done = Event()
    writer = Thread(target=write, args=(lake, done))
    writer.start()
    seen: list[int] = []
    while not done.is_set():
        found = scan(look(lake.database, lake.data), WorkspaceId(1), ["message_id"]).collect()
        assert found["message_id"].is_unique().all()
        seen.append(found.height)
    writer.join()
    assert seen == sorted(seen)
    found = scan(look(lake.database, lake.data), WorkspaceId(1), ["message_id"]).collect()
    assert sorted(found["message_id"]) == ids(ROWS * TICKS)
