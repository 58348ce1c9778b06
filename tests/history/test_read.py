"""The history of a person is read under the names that events were stored under, and only there."""

from __future__ import annotations

import pytest
from psycopg import Rollback

from hourglass.history import Wanted, read_history
from hourglass.postgres import Database
from hourglass.profiles import Memory
from tests.profiles.calls import SHOP, happen, identify, track

EVERYTHING = Wanted(names=[1], since=None, properties=[])


def holding(database: Database) -> set[str]:
    with database.transaction() as tx:
        return {row[0] for row in tx.execute("SELECT value FROM identities WHERE holds").fetchall()}


def read(database: Database, person: int) -> int:
    with database.transaction() as tx:
        return read_history(tx, SHOP, [person], EVERYTHING).height


@pytest.mark.parametrize("remembers", [True, False])
def test_a_name_holds_events_from_its_first_one_on(database: Database, remembers: bool) -> None:
    memory = Memory() if remembers else None
    with database.transaction() as tx:
        happen(tx, [identify(1, "u1", "phone", email="a@example.com"), track(2, "u1", "phone")], memory)
    assert holding(database) == {"u1"}
    with database.transaction() as tx:
        people = happen(tx, [track(3, device="phone")], memory)
    assert holding(database) == {"u1", "phone"}
    assert read(database, people.profile_ids[0]) == 3


def test_what_a_roll_back_undid_is_not_remembered(database: Database) -> None:
    memory = Memory()
    with database.transaction() as tx:
        happen(tx, [track(1, "u1", "phone")], memory)
    with database.transaction() as tx:
        happen(tx, [track(2, device="phone")], memory)
        raise Rollback
    with database.transaction() as tx:
        people = happen(tx, [track(3, device="phone")], memory)
    assert holding(database) == {"u1", "phone"}
    assert read(database, people.profile_ids[0]) == 2
