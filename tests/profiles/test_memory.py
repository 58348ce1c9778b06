"""What a worker remembers is never more than what the database says."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hourglass import profiles
from hourglass.events import Event
from hourglass.postgres import Database, Transaction
from hourglass.profiles import Memory
from tests.profiles.calls import SHOP, groups, happen, identify, moment, portrait, track
from tests.profiles.test_any_order import Undo, calls, evidence, quick

NOW = moment(1000)


def see(tx: Transaction, memory: Memory, *events: Event) -> profiles.People:
    return profiles.resolve(events, tx, SHOP, NOW, memory)


def test_a_known_person_is_not_looked_up_again(database: Database) -> None:
    memory = Memory()
    with database.transaction() as tx:
        see(tx, memory, track(0, "1", "a"))
    with database.transaction() as tx:
        people = see(tx, memory, track(0, "1", "a"))
    with database.transaction() as tx:
        tx.execute("ALTER TABLE identities RENAME TO hidden")
        tx.execute("ALTER TABLE identity_links RENAME TO hidden_links")
        assert see(tx, memory, track(1, "1", "a")).profile_ids == people.profile_ids


def test_what_was_rolled_back_is_not_remembered(database: Database) -> None:
    memory = Memory()
    with suppress(Undo), database.transaction() as tx:
        see(tx, memory, track(0, "1", "a"))
        raise Undo
    with database.transaction() as tx:
        see(tx, memory, track(1, "1", "a"))
        assert len(groups(tx)) == 1
        assert len(evidence(tx)) == 1


def test_a_transaction_that_only_a_lost_server_knew_is_not_remembered(database: Database) -> None:
    memory = Memory()
    memory.note(2**40, SHOP, [])
    with database.transaction() as tx:
        see(tx, memory, track(0, "1", "a"))
        assert len(groups(tx)) == 1


def test_another_worker_may_regroup_those_who_are_remembered(database: Database) -> None:
    memory = Memory()
    for minute in (0, 1):
        with database.transaction() as tx:
            see(tx, memory, track(minute, "1", "a"), track(minute, None, "b"))
    with database.transaction() as tx:
        happen(tx, [track(2, "1", "b")])
    with database.transaction() as tx:
        assert len(see(tx, memory, track(3, "1", "a"), track(3, None, "b")).touched) == 1


def test_the_erased_are_made_anew(database: Database) -> None:
    memory = Memory()
    with database.transaction() as tx:
        (who,) = see(tx, memory, track(0, "1", "a")).touched
    with database.transaction() as tx:
        profiles.erase(tx, SHOP, who, NOW)
    with pytest.raises(profiles.Overlap), database.transaction() as tx:
        see(tx, memory, track(1, "1", "a"))
    with database.transaction() as tx:
        assert see(tx, memory, track(1, "1", "a")).created != [who]


def test_memory_is_bounded(database: Database) -> None:
    memory = Memory(most=10)
    for n in range(5):
        with database.transaction() as tx:
            see(tx, memory, *(identify(0, f"{n}-{k}") for k in range(4)))
    with database.transaction() as tx:
        see(tx, memory, track(0, "x"))
    assert len(memory.of(SHOP)) == 10


@quick
@given(events=calls(), forgetful=st.lists(st.booleans(), min_size=10, max_size=10))
def test_two_workers_with_memories_find_the_same_people(
    database: Database, events: list[Event], forgetful: list[bool]
) -> None:
    """Each event goes to one of two workers, as the partitions of the log would have it."""
    events = list({event.id: event for event in events}.values())
    found: list[Any] = []
    for memories in ((None, None), (Memory(), Memory())):
        with database.transaction() as tx:
            tx.execute("TRUNCATE identities, identity_links, identity_moves, profiles, events")
        for event, other in zip(events, forgetful, strict=False):
            with database.transaction() as tx:
                happen(tx, [event], memories[other])
        with database.transaction() as tx:
            found.append((groups(tx), portrait(tx), evidence(tx)))
    assert found[0] == found[1]
