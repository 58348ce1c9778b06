"""An erased person leaves no byte in any file of the lake, and nobody else loses anything."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from deltalake import DeltaTable

from hourglass.kernel import IdentityId, ProfileId, Unavailable
from hourglass.lake import erase, flush, maintenance, snapshot
from hourglass.lake.compact import Band
from hourglass.lake.lock import Lock, holding, waiting_for
from tests.lake.conftest import Lake
from tests.lake.facts import NOW, events, ids

SECRET = "zinaida@example.org"
SMALL = (Band(least=0, below=2**20, target=2**21, many=4),)
HER = [IdentityId(7), IdentityId(8)]


def hers(count: int, start: int, identity: int = 7, profile: int = 70) -> pl.DataFrame:
    return events(
        count,
        start=start,
        identity_id=identity,
        profile_id=profile,
        traits=f'{{"email": "{SECRET}"}}',
        order_id=f"order of {SECRET}",
    )


def traces(folder: Path) -> list[str]:
    """Files that still speak of her, in plain bytes or in a column."""
    found: list[str] = []
    for path in folder.rglob("*"):
        if path.is_file() and SECRET.encode() in path.read_bytes():
            found.append(path.name)
        if path.suffix == ".parquet" and SECRET in str(pl.read_parquet(path).to_dict(as_series=False)):
            found.append(path.name)
    return found


def asked(lake: Lake, identities: list[int], profile: int = 70) -> None:
    """The erasure as PostgreSQL remembers it."""
    with lake.database.transaction() as tx:
        tx.execute(
            "INSERT INTO erasures (workspace_id, profile_id, identity_ids, requested_at) VALUES (1, %s, %s, %s)",
            [profile, identities, NOW],
        )


def still_open(lake: Lake) -> int:
    with lake.database.transaction() as tx:
        return tx.execute("SELECT count(*)::int FROM erasures WHERE lake_done_at IS NULL").fetchall()[0][0]


@pytest.fixture
def with_her(lake: Lake) -> Lake:
    """Her events in files, in files that were compacted away, and in the queue."""
    lake.add(*(events(10, start=10 * number, at=NOW) for number in range(6)))
    lake.add(hers(5, start=100), hers(5, start=105, identity=8))
    maintenance(lake.database, lake.data, NOW, bands=SMALL)
    lake.enqueue(hers(5, start=110), events(10, start=60))
    assert traces(lake.folder)
    return lake


def test_what_was_asked_for_is_done_and_nothing_is_left(with_her: Lake) -> None:
    asked(with_her, [7, 8])
    report = erase(with_her.database, with_her.data, NOW)
    assert (report.persons, report.rows) == (1, 15)
    assert traces(with_her.data) == []
    assert with_her.ids() == ids(70)
    assert with_her.waiting() == 0
    assert still_open(with_her) == 0
    with with_her.database.transaction() as tx:
        assert tx.execute("SELECT lake_done_at FROM erasures").fetchall() == [(NOW,)]


def test_readers_find_the_others_by_the_statistics_of_the_new_files(with_her: Lake) -> None:
    erase(with_her.database, with_her.data, NOW, identity_ids=HER)
    known = pl.DataFrame(DeltaTable(with_her.folder).get_add_actions(flatten=True))
    assert known["num_records"].sum() == 70
    assert known.select(pl.col("min.identity_id").min(), pl.col("max.identity_id").max()).row(0) == (2000, 2049)
    others = pl.scan_delta(with_her.folder)
    assert others.filter(pl.col("at") == NOW, pl.col("identity_id") == 2049).collect().height == 1


def test_identities_may_be_named(with_her: Lake) -> None:
    assert erase(with_her.database, with_her.data, NOW, identity_ids=HER).rows == 15
    assert traces(with_her.data) == []


def test_a_profile_may_be_named(with_her: Lake) -> None:
    assert erase(with_her.database, with_her.data, NOW, profile_ids=[ProfileId(70)]).rows == 15
    assert traces(with_her.data) == []


def test_an_identity_that_lives_on_with_somebody_else_keeps_its_events(with_her: Lake) -> None:
    with with_her.database.transaction() as tx:
        tx.execute(
            "INSERT INTO identities (workspace_id, id, kind, value, profile_id, first_seen_at) "
            "VALUES (1, 8, 'anonymous_id', 'a', 71, now())"
        )
    assert erase(with_her.database, with_her.data, NOW, profile_ids=[ProfileId(70)]).rows == 10


def test_it_can_be_repeated(with_her: Lake) -> None:
    asked(with_her, [7, 8])
    erase(with_her.database, with_her.data, NOW)
    assert erase(with_her.database, with_her.data, NOW).rows == 0
    assert erase(with_her.database, with_her.data, NOW, identity_ids=HER).rows == 0
    assert with_her.ids() == ids(70)


def test_without_a_lake_there_is_nothing_to_rewrite(lake: Lake) -> None:
    asked(lake, [7])
    assert erase(lake.database, lake.data, NOW).rows == 0
    assert still_open(lake) == 0


def test_what_nobody_committed_is_removed_too(with_her: Lake) -> None:
    """A process died between writing a file and telling the log."""
    orphan = with_her.folder / "month=2026-03" / "part-00000-lost-c000.zstd.parquet"
    hers(5, start=200).write_parquet(orphan)
    erase(with_her.database, with_her.data, NOW, identity_ids=HER)
    assert traces(with_her.data) == []


def test_snapshots_forget_too(with_her: Lake) -> None:
    insert = (
        "INSERT INTO profiles (workspace_id, id, known, email, first_seen_at, last_seen_at) "
        "VALUES (1, 70, true, %s, now(), now()), (1, 71, true, 'other@example.org', now(), now())"
    )
    with with_her.database.transaction() as tx:
        tx.execute(insert.encode(), [SECRET])
    snapshot(with_her.database, with_her.data, NOW)
    assert len(traces(with_her.data / "lake" / "profiles")) > 0
    with with_her.database.transaction() as tx:
        tx.execute("DELETE FROM profiles WHERE workspace_id = 1 AND id = 70")
    asked(with_her, [7, 8])
    erase(with_her.database, with_her.data, NOW)
    assert traces(with_her.data) == []
    assert pl.scan_delta(with_her.data / "lake" / "profiles").collect()["email"].to_list() == ["other@example.org"]


def test_a_stalled_flush_cannot_bring_her_back(with_her: Lake) -> None:
    from deltalake.exceptions import DeltaError

    from hourglass.lake import store
    from hourglass.lake.flush import append
    from hourglass.lake.queue import unpack
    from hourglass.lake.table import last_batch, open_table

    with holding(with_her.database, Lock.APPEND) as stalled:
        assert stalled is not None
        table = open_table(with_her.data)
        number = last_batch(table) + 1
        store.claim(stalled, number, max_rows=1000, max_bytes=2**30, max_frames=10)
        in_hand = unpack(store.frames_of_batch(stalled, number))
    erase(with_her.database, with_her.data, NOW, identity_ids=HER)
    with pytest.raises(DeltaError):
        append(table, in_hand, number, NOW)
    assert with_her.ids() == ids(70)


def test_it_waits_for_its_turn_but_not_for_ever(lake: Lake) -> None:
    lake.add(events(1))
    with holding(lake.database, Lock.APPEND), pytest.raises(Unavailable, match="try again"):  # noqa: SIM117
        with waiting_for(lake.database, Lock.APPEND, Lock.REWRITE, seconds=0.05):
            pass
    assert flush(lake.database, lake.data, NOW).rows == 0
