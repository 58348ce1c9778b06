"""What a tick hands over is kept if the tick commits, and only then."""

from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from hourglass.lake import EVENT_COLUMNS, enqueue
from hourglass.lake.queue import pack, unpack
from tests.lake.conftest import Lake
from tests.lake.facts import events, row


def test_a_tick_that_fails_leaves_nothing(lake: Lake) -> None:
    def tick() -> None:
        with lake.database.transaction() as tx:
            enqueue(tx, "events", events(3))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        tick()
    assert lake.waiting() == 0


def test_a_frame_comes_out_as_it_went_in() -> None:
    odd = row(
        1,
        properties='{"name": "Ёлка 🎄", "note": "a\\nb"}',
        at=datetime(1990, 1, 1, tzinfo=UTC),
        revenue=2**63 - 1,
        quantity=None,
        event="שלום",
    )
    frame = pl.DataFrame([odd, row(2)], schema=EVENT_COLUMNS)
    assert_frame_equal(unpack([pack(frame), pack(frame)]), pl.concat([frame, frame]))


def test_columns_may_come_in_any_order_and_narrower_types(lake: Lake) -> None:
    frame = events(3).select(reversed(EVENT_COLUMNS.names())).with_columns(pl.col("profile_id").cast(pl.Int32))
    lake.enqueue(frame)
    assert lake.waiting() == 3


def test_a_missing_column_is_refused(lake: Lake) -> None:
    with pytest.raises(pl.exceptions.ColumnNotFoundError, match="revenue"):
        lake.enqueue(events(1).drop("revenue"))


def test_there_is_no_other_table(lake: Lake) -> None:
    with pytest.raises(ValueError, match="no table “people”"), lake.database.transaction() as tx:
        enqueue(tx, "people", events(1))


def test_nothing_is_not_kept(lake: Lake) -> None:
    lake.enqueue(events(0))
    with lake.database.transaction() as tx:
        assert tx.execute("SELECT count(*) FROM lake_queue").fetchone() == (0,)
