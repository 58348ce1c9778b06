"""Two engine workers share one log: time does not outrun either, and who takes over for another gives back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from itertools import count
from pathlib import Path

import msgspec
import pytest
from structlog.testing import capture_logs

from hourglass.engine import EngineWorker, partitions
from hourglass.engine.partitions import Partitions
from hourglass.kernel import Settings
from hourglass.log import partition_of
from hourglass.postgres import Database, connect, hold_partition, release_partition
from tests.engine.shop import TEMPLATE, Shop
from tests.engine.test_loop import CART, added, ordered
from tests.waiting import until

MINUTE = timedelta(minutes=1)


def name_in(partition: int) -> str:
    return next(f"user-{n}" for n in count() if partition_of(f"user-{n}".encode(), 2) == partition)


@pytest.fixture
def settings(database: Database) -> Settings:
    return Settings(data=Path(), database_url=database.url, partitions=2, engine_workers=2)


@pytest.fixture
def pair(database: Database, settings: Settings) -> Iterator[tuple[Shop, EngineWorker, EngineWorker]]:
    shop = Shop(database, settings=settings)
    other = EngineWorker(database, shop.clock, settings, 1)
    yield shop, shop.worker, other
    shop.worker.close()
    other.close()


def test_an_order_that_another_worker_has_not_read_yet_holds_up_what_falls_due_after_it(
    pair: tuple[Shop, EngineWorker, EngineWorker],
) -> None:
    shop, mine, other = pair
    shop.define(TEMPLATE, CART)
    anna, passer = name_in(1), name_in(0)
    shop.send(added(user=anna))
    other.once()
    shop.clock.advance(30 * MINUTE)
    shop.send(ordered(user=anna))
    shop.clock.advance(31 * MINUTE)
    shop.send(added(user=passer))
    mine.once()
    mine.once()
    assert shop.messages() == []
    other.once()
    mine.once()
    assert shop.messages() == []
    assert ("cart", "exited", "exit_condition", "c1") in shop.runs()


def test_what_is_due_goes_out_once_nothing_older_is_unread(pair: tuple[Shop, EngineWorker, EngineWorker]) -> None:
    shop, mine, other = pair
    shop.define(TEMPLATE, CART)
    shop.send(added(user=name_in(0)))
    mine.once()
    shop.clock.advance(61 * MINUTE)
    shop.send(added(user=name_in(1), cart="c2"))
    mine.once()
    assert shop.messages() == [("hello", "queued", None)]
    assert shop.rows("SELECT count(*) FROM event_log") == [(1,)]
    other.once()
    assert shop.rows("SELECT count(*) FROM event_log") == [(0,)]


def test_an_adopted_partition_goes_back_to_its_own_worker(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    monkeypatch.setattr(partitions, "monotonic", lambda: now)
    first, second = Partitions(database.url, settings, 0), Partitions(database.url, settings, 1)
    assert (first.held(), second.held()) == ([0], [1])
    second.forget()
    assert first.held() == [0]
    now = 11.0
    assert first.held() == [0, 1]
    assert second.held() == []
    now = 22.0
    assert first.held() == [0]
    assert second.held() == [1]
    first.forget()
    second.forget()


def test_what_was_written_when_there_were_more_partitions_is_read(database: Database, settings: Settings) -> None:
    before = Shop(database, settings=msgspec.structs.replace(settings, partitions=16, engine_workers=1))
    users = [f"user-{number}" for number in range(30)]
    before.send(*(added(user=user) for user in users))
    first, second = (EngineWorker(database, before.clock, settings, number) for number in range(2))
    reports = [first.once(), second.once()]
    assert all(report.events for report in reports)
    assert sum(report.events for report in reports) == len(users)
    first.close()
    second.close()


def test_who_was_not_seen_at_the_first_look_is_seen_at_the_next(database: Database, settings: Settings) -> None:
    here = settings.partitions + 1
    worker = Partitions(database.url, settings, 1)
    with connect(database.url) as looking:
        assert hold_partition(looking, here), "another looks just now whether this one is there"
        worker.held()
        release_partition(looking, here)
        worker.held()
        assert not hold_partition(looking, here)
    worker.forget()


def test_a_worker_that_cannot_work_tries_until_it_can(database: Database, settings: Settings) -> None:
    alone = msgspec.structs.replace(settings, engine_workers=1)
    shop, stop = Shop(database, settings=alone), threading.Event()
    shop.send(added(user="anna"))
    with database.transaction() as tx:
        tx.execute("ALTER TABLE workspaces RENAME TO hidden")
    thread = threading.Thread(target=shop.worker.run, args=(stop,))
    with capture_logs() as said:
        thread.start()
        until(lambda: any(line["event"] == "engine_tries_again" for line in said), 60)
        with database.transaction() as tx:
            tx.execute("ALTER TABLE hidden RENAME TO workspaces")
        until(lambda: shop.rows("SELECT count(*) FROM event_log") == [(0,)], 60)
        stop.set()
        thread.join(60)
    assert shop.rows("SELECT count(*) FROM event_ids") == [(1,)]
