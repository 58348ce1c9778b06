"""Being woken: at once, by what was said before too, and again after the line was cut."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from hourglass.kernel import monotonic
from hourglass.postgres import Database
from tests.waiting import until

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
    listener = database.listen("news")
    assert listener.wait(PATIENCE)  # something may have been missed before there was a line
    threading.Timer(0.05, say).start()
    before = monotonic()
    assert listener.wait(PATIENCE)
    assert monotonic() - before < PATIENCE / 2
    listener.close()


def test_what_was_said_before_the_wait_counts_once(database: Database, say: Callable[[], None]) -> None:
    listener = database.listen("news")
    assert listener.wait(PATIENCE)
    say()
    assert listener.wait(PATIENCE)
    assert not listener.wait(0.05)
    listener.close()


def test_a_line_that_was_cut_is_laid_anew(database: Database, say: Callable[[], None]) -> None:
    listener = database.listen("news")
    assert listener.wait(PATIENCE)
    cut(database)
    assert listener.wait(PATIENCE)
    say()
    assert listener.wait(PATIENCE)
    listener.close()


async def test_an_event_loop_is_woken_alike(database: Database, say: Callable[[], None]) -> None:
    listener = database.listen_async("news")
    assert await listener.wait(PATIENCE)
    assert not await listener.wait(0.05)
    threading.Timer(0.05, say).start()
    assert await listener.wait(PATIENCE)
    say()
    assert await listener.wait(PATIENCE)
    cut(database)
    assert await listener.wait(PATIENCE)
    listener.close()


def test_all_who_listen_share_one_connection_and_hear_what_is_meant_for_them(
    database: Database, say: Callable[[], None]
) -> None:
    news, others, weather = database.listen("news"), database.listen("news"), database.listen("weather")
    assert news.wait(PATIENCE)
    assert others.wait(PATIENCE)
    assert weather.wait(PATIENCE)
    say()
    assert news.wait(PATIENCE)
    assert others.wait(PATIENCE)
    assert not weather.wait(0.05)
    assert others_at(database) == 1
    for one in (news, others, weather):
        one.close()
    until(lambda: others_at(database) == 0)


def test_what_comes_along_with_a_new_listener_is_heard(database: Database, say: Callable[[], None]) -> None:
    news = database.listen("news")
    assert news.wait(PATIENCE)
    for number in range(100):
        say()
        another = database.listen(f"other {number}")
        assert news.wait(PATIENCE), number
        another.close()
    news.close()


def others_at(database: Database) -> int:
    """Connections beside the one that asks."""
    with database.transaction() as tx:
        (found,) = tx.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        ).fetchall()
    return found[0]
