"""The whole history as a lazy frame: only what is asked for, and under the person of today."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import polars as pl

from hourglass.kernel import WorkspaceId
from hourglass.lake import flush, look, moved_identities, scan
from tests.lake.conftest import Lake
from tests.lake.facts import NOW, events

ONE = WorkspaceId(1)


def test_an_empty_lake_has_the_columns(lake: Lake) -> None:
    found = scan(look(lake.database, lake.data), ONE, ["event", "at", "revenue"]).collect()
    assert found.schema == {"event": pl.String, "at": pl.Datetime("us", "UTC"), "revenue": pl.Int64}


def test_files_and_queue_are_one_history(lake: Lake) -> None:
    lake.add(events(100))
    lake.enqueue(events(20, start=100))
    assert scan(look(lake.database, lake.data), ONE, ["event"]).collect().height == 120


def test_only_the_names_asked_for(lake: Lake) -> None:
    lake.add(events(100))
    found = scan(look(lake.database, lake.data), ONE, ["event"], names=["Order Completed"]).collect()
    assert found["event"].to_list() == ["Order Completed"] * 25


def test_since_is_inclusive_and_skips_months(lake: Lake) -> None:
    old, edge = datetime(2026, 1, 10, tzinfo=UTC), NOW - timedelta(days=3)
    lake.add(events(1, at=old), events(1, start=1, at=edge), events(1, start=2, at=edge - timedelta(microseconds=1)))
    picture = look(lake.database, lake.data)
    found = scan(picture, ONE, ["message_id"], since=edge)
    assert found.collect()["message_id"].to_list() == ["message-1"]
    assert "2026-01" not in found.explain()


def test_other_workspaces_stay_outside(lake: Lake) -> None:
    lake.add(events(5), events(5, start=5, workspace_id=2))
    assert scan(look(lake.database, lake.data), ONE, ["event"]).collect().height == 5


def test_moved_identities_bring_events_to_the_person_of_today(lake: Lake) -> None:
    lake.add(events(2, identity_id=7, profile_id=70), events(3, start=2, identity_id=8, profile_id=80))
    with lake.database.transaction() as tx:
        tx.execute(
            "INSERT INTO identities (workspace_id, id, kind, value, profile_id, first_seen_at) "
            "VALUES (1, 7, 'anonymous_id', 'a', 99, now()), (1, 8, 'user_id', 'u', 80, now())"
        )
        tx.execute(
            "INSERT INTO identity_moves (workspace_id, identity_id, from_profile, to_profile, reason, at) "
            "VALUES (1, 7, 70, 75, 'merge', now()), (1, 7, 75, 99, 'merge', now())"
        )
        moved = moved_identities(tx, ONE)
    assert moved.rows() == [(7, 99)]
    history = scan(look(lake.database, lake.data), ONE, ["profile_id"], identities=moved)
    assert sorted(history.collect()["profile_id"]) == [80, 80, 80, 99, 99]


def test_a_column_added_later_is_empty_in_old_files(lake: Lake) -> None:
    from deltalake import write_deltalake

    old = events(3).drop("historical").with_columns(month=pl.lit("2026-03"))
    write_deltalake(lake.folder, old, partition_by=["month"])
    lake.enqueue(events(2, start=3))
    assert flush(lake.database, lake.data, NOW).rows == 2
    found = scan(look(lake.database, lake.data), ONE, ["historical"]).collect()
    assert found["historical"].null_count() == 3
