"""Being woken: at once, by what was said before too, and again after the line was cut."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from hourglass.kernel import monotonic
from hourglass.postgres import AsyncListener, Database, Listener

PATIENCE = 20.0


@pytest.fixture
def say(database: Database) -> Callable[[], None]:
    def said() -> None:
        with database.transaction() as tx:
            tx.execute("SELECT pg_notify('news', '')")

    return said


def cut(database: Database) -> None:
    """End every connection that listens, as a restarted server does."""
    with database.transaction() as tx:
        tx.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
        )


def test_what_is_said_while_somebody_waits_wakes_them(database: Database, say: Callable[[], None]) -> None:
    listener = Listener(database.url, "news")
    assert listener.wait(0)  # something may have been missed before there was a line
    threading.Timer(0.05, say).start()
    before = monotonic()
    assert listener.wait(PATIENCE)
    assert monotonic() - before < PATIENCE / 2
    listener.close()


def test_what_was_said_before_the_wait_counts_once(database: Database, say: Callable[[], None]) -> None:
    listener = Listener(database.url, "news")
    assert listener.wait(0)
    say()
    assert listener.wait(PATIENCE)
    assert not listener.wait(0.05)
    listener.close()


def test_a_line_that_was_cut_is_laid_anew(database: Database, say: Callable[[], None]) -> None:
    listener = Listener(database.url, "news")
    assert listener.wait(0)
    cut(database)
    assert listener.wait(PATIENCE)
    say()
    assert listener.wait(PATIENCE)
    listener.close()


async def test_an_event_loop_is_woken_alike(database: Database, say: Callable[[], None]) -> None:
    listener = AsyncListener(database.url, "news")
    assert await listener.wait(0)
    assert not await listener.wait(0.05)
    threading.Timer(0.05, say).start()
    assert await listener.wait(PATIENCE)
    say()
    assert await listener.wait(PATIENCE)
    cut(database)
    assert await listener.wait(PATIENCE)
    await listener.close()
