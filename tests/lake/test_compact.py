"""Compaction keeps the files few and every row where it can be found, also for those who are reading."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest
from deltalake import DeltaTable

from hourglass.lake import flush, maintenance
from hourglass.lake.compact import Band
from hourglass.lake.lock import Lock, holding
from hourglass.lake.table import data_files, last_batch, open_table
from tests.lake.conftest import Lake
from tests.lake.facts import NOW, events, ids

FEW = 4
SMALL = (Band(least=0, below=2**20, target=2**21, many=FEW),)


@pytest.fixture
def crowded(lake: Lake) -> Lake:
    """A lake with ten small files in one month and one in another."""
    lake.add(*(events(20, start=20 * number, at=NOW) for number in range(10)))
    lake.add(events(5, start=200, at=NOW - timedelta(days=40)))
    return lake


def test_small_files_become_one_and_no_row_is_lost(crowded: Lake) -> None:
    report = maintenance(crowded.database, crowded.data, NOW, bands=SMALL)
    assert (report.months, report.files_before, report.files_after) == (("2026-03",), 11, 2)
    assert crowded.ids() == ids(205)


def test_a_quiet_lake_is_left_alone(crowded: Lake) -> None:
    version = DeltaTable(crowded.folder).version()
    report = maintenance(crowded.database, crowded.data, NOW)
    assert (report.months, report.files_after) == ((), 11)
    assert DeltaTable(crowded.folder).version() == version


def test_there_may_be_no_lake_yet(lake: Lake) -> None:
    assert maintenance(lake.database, lake.data, NOW).files_before == 0


def test_who_was_reading_can_go_on_with_the_old_files(crowded: Lake) -> None:
    before = DeltaTable(crowded.folder).file_uris()
    report = maintenance(crowded.database, crowded.data, NOW, bands=SMALL)
    assert report.removed == 0
    assert pl.scan_parquet(before).select(pl.len()).collect().item() == 205


def test_flushing_goes_on_after_compaction_checkpoint_and_the_end_of_the_old_log(crowded: Lake) -> None:
    maintenance(crowded.database, crowded.data, NOW, bands=SMALL)
    table = DeltaTable(crowded.folder)
    table.alter.set_table_properties({"delta.logRetentionDuration": "interval 0 hours"})
    table.create_checkpoint()
    table.cleanup_metadata()
    assert len(list((crowded.folder / "_delta_log").glob("*.json"))) == 1
    assert last_batch(open_table(crowded.data)) == 11
    crowded.add(events(5, start=205))
    assert crowded.ids() == ids(210)


def test_compaction_does_not_wait_for_a_flush(crowded: Lake) -> None:
    with holding(crowded.database, Lock.APPEND):
        assert maintenance(crowded.database, crowded.data, NOW, bands=SMALL).months


def test_only_one_compacts(crowded: Lake) -> None:
    with holding(crowded.database, Lock.REWRITE):
        assert not maintenance(crowded.database, crowded.data, NOW, bands=SMALL).months
        crowded.enqueue(events(1, start=205))
        assert flush(crowded.database, crowded.data, NOW).rows == 1


def test_a_large_file_is_not_rewritten_for_every_small_one(lake: Lake) -> None:
    lake.add(events(4000, at=NOW))
    (large,) = data_files(lake.data, open_table(lake.data))
    small = large.size // 2
    bands = (
        Band(least=0, below=small, target=2 * small, many=FEW),
        Band(least=small, below=10 * small, target=20 * small, many=FEW),
    )
    lake.add(*(events(5, start=4000 + 5 * number, at=NOW) for number in range(FEW + 1)))
    maintenance(lake.database, lake.data, NOW, bands=bands)
    left = data_files(lake.data, open_table(lake.data))
    assert len(left) < FEW
    assert large in left
