"""From the queue to the files: each row once, whatever breaks and whoever helps."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl
import pytest
from deltalake import DeltaTable
from deltalake.exceptions import DeltaError
from polars.testing import assert_frame_equal

from hourglass.kernel import Unavailable
from hourglass.lake import EVENT_COLUMNS, enqueue, flush
from hourglass.lake import store as lake_store
from hourglass.lake.flush import append
from hourglass.lake.lock import Lock, holding
from hourglass.lake.queue import unpack
from hourglass.lake.schema import MONTH, TABLE_COLUMNS
from hourglass.lake.table import open_table
from hourglass.postgres import connect
from tests.lake.conftest import Lake
from tests.lake.facts import NOW, events, ids

LIMITS = {"max_rows": 10_000, "max_bytes": 2**30, "max_frames": 100}


def test_flushed_events_are_what_the_tick_handed_over(lake: Lake) -> None:
    lake.enqueue(events(100), events(100, start=100))
    report = flush(lake.database, lake.data, NOW)
    assert (report.rows, report.files, report.more) == (200, 1, False)
    assert lake.waiting() == 0
    stored = pl.scan_delta(lake.folder).select(EVENT_COLUMNS.names()).collect()
    assert_frame_equal(stored, events(200), check_row_order=False)


def test_anybody_can_read_the_files(lake: Lake) -> None:
    lake.add(events(100))
    table = DeltaTable(lake.folder)
    assert table.count() == 100
    assert pl.scan_delta(lake.folder).filter(pl.col("event") == "Page Viewed").collect().height == 25
    with duckdb.connect() as plain:
        found = plain.execute("SELECT count(*), sum(revenue) FROM read_parquet(?)", [table.file_uris()]).fetchall()
    assert found == [(100, 25 * 1899)]


def test_a_month_is_a_folder(lake: Lake) -> None:
    lake.add(
        events(1, at=datetime(2026, 1, 31, 23, 59, 59, 999999, tzinfo=UTC)),
        events(1, start=1, at=datetime(2026, 2, 1, tzinfo=UTC)),
    )
    assert sorted(path.name for path in lake.folder.glob("month=*")) == ["month=2026-01", "month=2026-02"]


def test_nothing_to_do_is_no_work(lake: Lake) -> None:
    assert flush(lake.database, lake.data, NOW).rows == 0
    assert not lake.folder.exists()


def test_a_long_queue_goes_in_several_appends(lake: Lake) -> None:
    lake.enqueue(*(events(10, start=10 * number) for number in range(5)))
    assert [flush(lake.database, lake.data, NOW, max_rows=20).rows for _ in range(3)] == [20, 20, 10]
    assert lake.ids() == ids(50)


def test_a_single_frame_over_the_limit_still_goes(lake: Lake) -> None:
    lake.enqueue(events(30), events(30, start=30))
    report = flush(lake.database, lake.data, NOW, max_rows=1, max_bytes=1)
    assert (report.rows, report.more) == (30, True)


def test_a_crash_before_the_append_loses_nothing(lake: Lake) -> None:
    lake.enqueue(events(10), events(10, start=10))
    with holding(lake.database, Lock.APPEND) as dying:
        assert dying is not None
        assert lake_store.claim(dying, 1, **LIMITS) == 2
    lake.enqueue(events(10, start=20))
    assert flush(lake.database, lake.data, NOW).rows == 20  # exactly the batch that was left
    assert flush(lake.database, lake.data, NOW).rows == 10
    assert lake.ids() == ids(30)


def test_a_crash_between_append_and_delete_writes_nothing_twice(lake: Lake) -> None:
    lake.enqueue(events(10), events(10, start=10))
    with holding(lake.database, Lock.APPEND) as dying:
        assert dying is not None
        lake_store.claim(dying, 1, **LIMITS)
        append(open_table(lake.data), unpack(lake_store.frames_of_batch(dying, 1)), 1, NOW)
    assert lake.waiting() == 20
    assert flush(lake.database, lake.data, NOW).rows == 0
    assert lake.waiting() == 0
    lake.add(events(5, start=20))
    assert lake.ids() == ids(25)


def test_one_who_lost_the_lock_cannot_append_the_same_batch(lake: Lake) -> None:
    """A flusher stalls with its batch in hand; another takes over; the first one wakes up."""
    lake.enqueue(events(10))
    open_table(lake.data)
    with holding(lake.database, Lock.APPEND) as stalled:
        assert stalled is not None
        lake_store.claim(stalled, 1, **LIMITS)
        in_hand = unpack(lake_store.frames_of_batch(stalled, 1))
        table = open_table(lake.data)
    assert flush(lake.database, lake.data, NOW).rows == 10
    with pytest.raises(DeltaError, match="Concurrent transaction"):
        append(table, in_hand, 1, NOW)
    assert lake.ids() == ids(10)


def test_a_tick_that_commits_late_is_not_passed_over(lake: Lake) -> None:
    """Its row has the lower seq, and becomes visible when a higher one has long been flushed."""
    with connect(lake.database.url) as slow, slow.transaction():
        enqueue(slow, "events", events(10))
        lake.add(events(10, start=10))
    assert flush(lake.database, lake.data, NOW).rows == 10
    assert lake.ids() == ids(20)


def test_while_another_flushes_there_is_more_to_do(lake: Lake) -> None:
    lake.enqueue(events(3))
    with holding(lake.database, Lock.APPEND):
        report = flush(lake.database, lake.data, NOW)
    assert (report.rows, report.more) == (0, True)


def test_many_flushers_write_each_row_once(lake: Lake) -> None:
    lake.enqueue(*(events(5, start=5 * number) for number in range(40)))

    def work() -> int:
        return sum(flush(lake.database, lake.data, NOW, max_rows=10).rows for _ in range(30))

    with ThreadPoolExecutor(3) as pool:
        written = sum(pool.map(lambda _: work(), range(3)))
    while rows := flush(lake.database, lake.data, NOW).rows:
        written += rows
    assert written == 200
    assert lake.ids() == ids(200)


def test_a_lake_that_cannot_be_written_loses_nothing(lake: Lake) -> None:
    lake.enqueue(events(10))
    lake.data.mkdir()
    (lake.data / "lake").write_text("a file where the folder should be")
    with pytest.raises(Unavailable, match="cannot be written"):
        flush(lake.database, lake.data, NOW)
    assert lake.waiting() == 10
    (lake.data / "lake").unlink()
    assert flush(lake.database, lake.data, NOW).rows == 10


def test_a_folder_may_have_any_letters(lake: Lake, tmp_path: Path) -> None:
    data = tmp_path / "мои данные é"
    lake.enqueue(events(3))
    assert flush(lake.database, data, NOW).rows == 3
    assert DeltaTable(data / "lake" / "events").count() == 3


FLUSHER = """
import sys
from pathlib import Path
from hourglass.lake import flush
from hourglass.postgres import Database
from tests.lake.facts import NOW
database = Database(sys.argv[1])
print("ready", flush=True)
while True:
    flush(database, Path(sys.argv[2]), NOW, max_rows=15)
"""


@pytest.mark.crash
def test_killed_flushers_leave_each_row_once(lake: Lake) -> None:
    total = 0
    for _ in range(4):
        command = [sys.executable, "-c", FLUSHER, lake.database.url, str(lake.data)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as flusher:
            assert flusher.stdout is not None
            flusher.stdout.readline()
            for _ in range(12):
                lake.enqueue(events(7, start=total))
                total += 7
            flusher.kill()
    while flush(lake.database, lake.data, NOW).rows:
        pass
    assert lake.waiting() == 0
    assert lake.ids() == ids(total)


def test_a_table_of_an_earlier_version_grows_the_columns_that_came_since(lake: Lake) -> None:
    lake.folder.mkdir(parents=True)
    earlier = pl.Schema({name: kind for name, kind in TABLE_COLUMNS.items() if name != "seq"})
    DeltaTable.create(lake.folder, earlier, partition_by=[MONTH])
    lake.enqueue(events(3))
    assert flush(lake.database, lake.data, NOW).rows == 3
    assert sorted(pl.read_delta(lake.folder)["seq"]) == [0, 1, 2]
