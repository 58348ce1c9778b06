"""Several workers at once: nobody deadlocks, and the people are those that one worker would have found."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

import pytest

from hourglass import profiles
from hourglass.events import Event
from hourglass.postgres import Database
from tests.profiles.calls import alias, batches_of, groups, happen, identify, portrait, track
from tests.profiles.test_any_order import evidence, orphans

_WORKERS = 4


def busy_shop(seed: int, count: int) -> list[Event]:
    """People who share devices and addresses, all at the same time."""
    throw = Random(seed)
    events: dict[Any, Event] = {}
    for minute in range(count):
        user, device = str(throw.randrange(25)), f"d{throw.randrange(40)}"
        match throw.randrange(10):
            case 0:
                event = alias(minute, device, user)
            case 1 | 2 | 3:
                event = identify(minute, user, device, email=f"{throw.randrange(20)}@example.com", n=minute)
            case 4 | 5 | 6:
                event = track(minute, None, device)
            case _:
                event = track(minute, user, device)
        events[event.id] = event
    return list(events.values())


def work(database: Database, batches: Sequence[Sequence[Event]]) -> int:
    """Each batch in a transaction of its own, tried again when told to; how often that was."""
    again = 0
    for batch in batches:
        while True:
            try:
                with database.transaction() as tx:
                    happen(tx, batch)
                break
            except profiles.Overlap:
                again += 1
    return again


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_four_workers_find_the_same_people_as_one(database: Database, seed: int) -> None:
    events = busy_shop(seed, 480)
    shares = [list(batches_of(events[worker::_WORKERS], 6)) for worker in range(_WORKERS)]
    with ThreadPoolExecutor(_WORKERS) as pool:
        again = sum(pool.map(lambda share: work(database, share), shares))
    with database.transaction() as tx:
        together = groups(tx), portrait(tx), evidence(tx)
        assert orphans(tx) == (0,)
        tx.execute("TRUNCATE identities, identity_links, identity_moves, profiles, events")
        happen(tx, events)
        alone = groups(tx), portrait(tx), evidence(tx)
    assert together == alone
    assert again < 60
