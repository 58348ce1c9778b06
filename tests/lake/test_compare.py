"""The comparison that the crash tests rely on sees every kind of difference."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from hourglass.kernel import digest
from tests.lake.compare import lake_equals_state
from tests.lake.conftest import Lake
from tests.lake.facts import events


def process(lake: Lake, frame: pl.DataFrame, **changed: Any) -> None:
    """What a tick leaves in PostgreSQL, with some fields changed."""
    with lake.database.transaction() as tx:
        for row in frame.iter_rows(named=True):
            known = row | changed | {"id": digest(row["message_id"])}
            tx.execute("INSERT INTO event_ids VALUES (%(workspace_id)s, %(id)s) ON CONFLICT DO NOTHING", known)
            tx.execute(
                "INSERT INTO events (workspace_id, identity_id, name_id, at, seq, message_id, order_id, product_id, "
                "category, quantity, revenue, properties) VALUES (%(workspace_id)s, %(identity_id)s, 1, %(at)s, 1, "
                "%(id)s, %(order_id)s, %(product_id)s, %(category)s, %(quantity)s, %(revenue)s, '{}')",
                known,
            )


def test_equal_is_equal(lake: Lake) -> None:
    assert lake_equals_state(lake.database, lake.data) == []
    process(lake, events(20))
    lake.add(events(20))
    assert lake_equals_state(lake.database, lake.data) == []


@pytest.mark.parametrize("changed", [{"identity_id": 1}, {"quantity": None}, {"order_id": "x"}, {"revenue": 5}])
def test_another_field_is_told(lake: Lake, changed: dict[str, Any]) -> None:
    process(lake, events(2), **changed)
    lake.add(events(2))
    (told,) = lake_equals_state(lake.database, lake.data)
    assert f"another {next(iter(changed))}" in told
    assert str(digest("message-1")) in told


def test_foreign_money_is_no_difference(lake: Lake) -> None:
    process(lake, events(8), revenue=None)
    lake.add(events(8))
    assert lake_equals_state(lake.database, lake.data) == []


def test_missing_surplus_doubled_and_waiting_are_told(lake: Lake) -> None:
    process(lake, events(3))
    process(lake, events(1))
    lake.add(events(2), events(1, start=1), events(1, start=9))
    lake.enqueue(events(1, start=20))
    told = lake_equals_state(lake.database, lake.data)
    assert [line.split(" ", 1)[1] for line in told] == [
        "wait in the queue",
        "are in the lake more than once",
        "were processed and are not in the lake",
        "are in the lake and were never processed",
        "are in the history more than once",
    ]
