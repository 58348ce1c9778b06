"""The log inside a transaction: what is appended is claimed once, in order, and gone with the commit."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from hourglass.events import Dropped, decode, envelope
from hourglass.kernel import WorkspaceId
from hourglass.log import (
    Chunk,
    append,
    backlog,
    bury,
    claim,
    count_letters,
    letters,
    partition_of,
    replay,
)
from hourglass.postgres import Database
from tests.waiting import until

SHOP = WorkspaceId(1)
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
ALL = range(4)


def put(database: Database, count: int, *, user: str | None = None, now: datetime = NOW) -> list[bytes]:
    made = [envelope("track", {"userId": user or f"u{n}", "event": "x", "messageId": f"m{n}"}) for n in range(count)]
    with database.transaction() as tx:
        append(tx, SHOP, made, now, len(ALL))
    return made


def take(database: Database, most: int = 10_000, partitions: range = ALL) -> list[Chunk]:
    with database.transaction() as tx:
        return claim(tx, partitions, most)


def message_ids(chunks: list[Chunk]) -> list[str]:
    return [event.message_id for chunk in chunks for event in decode(chunk.payload, NOW, NOW)[0]]


def test_what_is_appended_is_claimed_once(database: Database) -> None:
    put(database, 2500)
    chunks = take(database)
    assert sorted(message_ids(chunks)) == sorted(f"m{n}" for n in range(2500))
    assert max(chunk.events for chunk in chunks) <= 1000
    assert all(len(msgspec.json.decode(chunk.payload)) == chunk.events for chunk in chunks)
    assert not take(database)


@pytest.mark.parametrize(("survives", "left"), [(False, [0, 1, 2]), (True, [1, 2])])
def test_what_another_worker_holds_is_waited_for(database: Database, survives: bool, left: list[int]) -> None:
    """Nobody gets it twice; and what a dying one gives back, nothing of the same person has overtaken."""
    for number in range(3):
        put(database, 1, user="anna", now=NOW + timedelta(seconds=number))
    found: list[Chunk] = []
    follower = threading.Thread(target=lambda: found.extend(take(database)))
    with suppress(_Killed), database.transaction() as tx:
        assert len(claim(tx, ALL, 1)) == 1
        follower.start()
        until(lambda: not follower.is_alive() or _waiting_for_locks(database), 60)
        if not survives:
            raise _Killed
    follower.join(60)
    assert [chunk.received_at.second for chunk in found] == left


def _waiting_for_locks(database: Database) -> bool:
    with database.transaction() as tx:
        return bool(tx.execute("SELECT FROM pg_locks WHERE NOT granted").fetchall())


class _Killed(Exception):
    """What happens to a worker."""


def test_events_of_one_person_keep_their_order_in_one_partition(database: Database) -> None:
    put(database, 2200, user="anna")
    chunks = take(database)
    assert {chunk.partition for chunk in chunks} == {partition_of(b"anna", len(ALL))}
    assert message_ids(chunks) == [f"m{n}" for n in range(2200)]


def test_a_claim_that_is_rolled_back_was_none(database: Database) -> None:
    put(database, 10)
    try:
        with database.transaction() as tx:
            assert claim(tx, ALL, 100)
            raise InterruptedError
    except InterruptedError:
        pass
    assert len(message_ids(take(database))) == 10


def test_a_claim_takes_whole_chunks_until_it_has_enough(database: Database) -> None:
    for _ in range(5):
        put(database, 10, user="anna")
    assert [chunk.events for chunk in take(database, 15)] == [10, 10]
    assert [chunk.events for chunk in take(database, 1)] == [10]
    assert len(take(database)) == 2


def test_a_worker_claims_from_its_own_partitions_only(database: Database) -> None:
    put(database, 200)
    mine, others = take(database, partitions=range(1)), take(database)
    assert {chunk.partition for chunk in mine} == {0}
    assert {chunk.partition for chunk in others} == {1, 2, 3}


def test_the_backlog_counts_events_and_knows_the_oldest(database: Database) -> None:
    put(database, 30)
    put(database, 3, now=NOW - timedelta(minutes=5))
    with database.transaction() as tx:
        assert backlog(tx).events == 33
        assert backlog(tx).oldest == NOW - timedelta(minutes=5)
    take(database)
    with database.transaction() as tx:
        assert (backlog(tx).events, backlog(tx).oldest) == (0, None)


def test_a_dead_letter_is_kept_with_its_reason_and_can_be_replayed(database: Database) -> None:
    (sealed,) = put(database, 1)
    take(database)
    before = NOW - timedelta(days=1)
    letter = Dropped(envelope=sealed, reason="from_the_future", detail="It\0says so.", received_at=before)
    with database.transaction() as tx:
        bury(tx, SHOP, [letter], NOW)
        (kept,) = letters(tx, SHOP)
        assert (kept.reason, kept.detail, kept.payload, kept.received_at) == (
            "from_the_future", "Itsays so.", sealed, before)  # fmt: skip
        assert count_letters(tx, SHOP) == 1
        assert replay(tx, SHOP, [kept.id], NOW, len(ALL)) == 1
        assert (letters(tx, SHOP), count_letters(tx, SHOP)) == ([], 0)
        assert replay(tx, SHOP, None, NOW, len(ALL)) == 0
    (chunk,) = take(database)
    (event,), _ = decode(chunk.payload, chunk.received_at, NOW)
    assert event.message_id == "m0"
    assert event.received_at == before


def test_what_is_no_envelope_cannot_be_replayed(database: Database) -> None:
    with database.transaction() as tx:
        bury(tx, SHOP, [Dropped(envelope=b"junk", reason="not_json", detail="")], NOW)
        assert replay(tx, SHOP, None, NOW, len(ALL)) == 0
        assert count_letters(tx, SHOP) == 1


def test_letters_of_another_workspace_stay_there(database: Database) -> None:
    with database.transaction() as tx:
        bury(tx, SHOP, [Dropped(envelope=envelope("page", {"userId": "u"}), reason="r", detail="d")], NOW)
        assert not letters(tx, WorkspaceId(2))
        assert replay(tx, WorkspaceId(2), None, NOW, len(ALL)) == 0
