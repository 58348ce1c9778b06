"""Transactions against a real server."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from threading import Thread
from typing import Any

import psycopg
import pytest

from hourglass.kernel import Unavailable
from hourglass.postgres import Database, connect
from hourglass.postgres.outage import is_outage
from hourglass.postgres.pool import Pool
from tests.waiting import until

END_ALL_SESSIONS = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() --"


def test_a_fresh_database_has_the_first_workspace(database: Database) -> None:
    with database.transaction() as tx:
        assert tx.execute("SELECT id, key, currency, zone FROM workspaces").fetchall() == [(1, "default", "EUR", "UTC")]


def test_a_transaction_is_committed_at_its_end(database: Database) -> None:
    with database.transaction() as tx:
        tx.execute("UPDATE workspaces SET name = 'Shop'")
    with connect(database.url) as other:
        assert other.execute("SELECT name FROM workspaces").fetchall() == [("Shop",)]


def test_a_transaction_that_fails_leaves_nothing(database: Database) -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        run(database, "UPDATE workspaces SET name = 'Shop'", "SELECT 1 / 0")
    with database.transaction() as tx:
        assert tx.execute("SELECT name FROM workspaces").fetchall() == [("Default",)]


def test_what_a_killed_process_asked_for_ends_soon(database: Database) -> None:
    code = "import sys; from hourglass.postgres import connect; connect(sys.argv[1]).execute('SELECT pg_sleep(600)')"
    asking = subprocess.Popen([sys.executable, "-c", code, database.url])
    with connect(database.url) as other:
        sleeps = "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep'"
        until(lambda: other.execute(sleeps).fetchall(), 120)
        asking.kill()
        asking.wait()
        until(lambda: not other.execute(sleeps).fetchall(), 120)


def test_our_own_mistakes_are_not_taken_for_an_outage(database: Database) -> None:
    with pytest.raises(psycopg.errors.UndefinedTable):
        run(database, "SELECT * FROM no_such_table")
    with pytest.raises(psycopg.errors.QueryCanceled):
        run(database, "SET LOCAL statement_timeout = '20ms'", "SELECT pg_sleep(5)")


def test_a_full_disk_is_an_outage() -> None:
    assert is_outage(psycopg.errors.DiskFull())


def test_an_ended_session_is_unavailable_once_and_then_mended(database: Database) -> None:
    with pytest.raises(Unavailable):
        run(database, END_ALL_SESSIONS, "SELECT 1")
    with database.transaction() as tx:
        assert tx.execute("SELECT 1").fetchone() == (1,)


def test_idle_connections_that_the_server_closed_are_not_handed_out(database: Database) -> None:
    with database.transaction() as tx:
        first = tx.info.backend_pid
    with connect(database.url) as admin:
        admin.execute(END_ALL_SESSIONS.replace("--", "AND pid <> pg_backend_pid()").encode())
        until(lambda: not admin.execute(b"SELECT FROM pg_stat_activity WHERE pid = %s", [first]).fetchall())
    with database.transaction() as tx:
        assert tx.info.backend_pid != first


def test_nobody_there_is_unavailable() -> None:
    nowhere = Database("postgresql://x@/x?host=/nonexistent")
    with pytest.raises(Unavailable, match="not available right now"), nowhere.transaction():
        pass


def test_the_pool_is_bounded(database: Database) -> None:
    small = Database(database.url, max_size=1, patience=0.05)
    with small.transaction(), pytest.raises(Unavailable, match="busy"), small.transaction():
        pass
    small.close()


def test_threads_share_the_pool(database: Database) -> None:
    def add(number: int) -> None:
        for step in range(20):
            run(database, f"INSERT INTO added VALUES ({number}, {step})")

    run(database, "CREATE TABLE added (number integer, step integer)")
    threads = [Thread(target=add, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.transaction() as tx:
        assert tx.execute("SELECT count(*) FROM added").fetchone() == (160,)


def test_times_come_in_utc_and_json_as_it_is(database: Database) -> None:
    with database.transaction() as tx:
        row = tx.execute("SELECT '2024-05-01 12:00+05'::timestamptz, '{\"a\": [1, \"é\"]}'::jsonb").fetchall()[0]
    assert row == (datetime(2024, 5, 1, 7, tzinfo=UTC), {"a": [1, "é"]})
    assert str(row[0].tzinfo) == "UTC"


def run(database: Database, *statements: str) -> None:
    """One transaction of these statements."""
    with database.transaction() as tx:
        for statement in statements:
            tx.execute(statement.encode())


def test_connections_that_nobody_needs_are_closed_and_made_again(database: Database) -> None:
    pool = Pool(lambda: connect(database.url), max_size=4, patience=5, kept=0.05)
    with connect(database.url) as admin:
        for _ in range(2):
            with pool.connection(), pool.connection():
                assert sessions(admin) == 2
            until(lambda: sessions(admin) == 0)
    pool.close()


def test_connections_are_kept_for_a_while(database: Database) -> None:
    pool = Pool(lambda: connect(database.url), max_size=4, patience=5, kept=60)
    with pool.connection() as first, pool.connection():
        pass
    with pool.connection() as again, connect(database.url) as admin:
        assert again is first, "the one used last is used next"
        assert sessions(admin) == 2
    pool.close()


def sessions(admin: psycopg.Connection[tuple[Any, ...]]) -> int:
    """How many others are connected."""
    return admin.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    ).fetchall()[0][0]
