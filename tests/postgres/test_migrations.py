"""Migrations: several processes may start at once, and one may have died in the middle."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from hourglass.kernel import Conflict
from hourglass.postgres import Database, EmbeddedServer, connect, hold_partition, migrate, release_partition
from tests.waiting import until


@pytest.fixture
def empty(server: EmbeddedServer, request: pytest.FixtureRequest) -> str:
    name = "empty_database"
    with connect(server.url) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)".encode())
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0".encode())
    return server.url.replace("@/postgres?", f"@/{name}?")


def test_several_start_at_once_and_one_does_the_work(empty: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(migrate, [empty] * 4))
    assert len([names for names in applied if names]) == 1
    with connect(empty) as connection:
        assert connection.execute("SELECT id, key FROM workspaces").fetchall() == [(1, "default")]


def test_a_second_time_changes_nothing(empty: str) -> None:
    assert migrate(empty)
    with connect(empty) as connection:
        connection.execute("UPDATE workspaces SET key = 'renamed'")
    assert migrate(empty) == []
    with connect(empty) as connection:
        assert connection.execute("SELECT id, key FROM workspaces").fetchall() == [(1, "renamed")]


def test_a_database_of_a_newer_version_is_refused(empty: str) -> None:
    newest = migrate(empty)[-1]
    with connect(empty) as connection:
        connection.execute("INSERT INTO migrations (name) VALUES ('9999.things_to_come')")
    with pytest.raises(Conflict, match=f"9999.things_to_come; this version knows changes up to {newest}"):
        migrate(empty)


KILLED = """
import os, signal, sys
from hourglass.postgres import Queries, migrate
note = Queries.execute
def execute(self, tx, name, /, **values):
    if name == "note_migration":
        os.kill(os.getpid(), signal.SIGKILL)
    return note(self, tx, name, **values)
Queries.execute = execute
migrate(sys.argv[1])
"""


def test_one_that_was_killed_before_it_noted_what_it_did_has_done_nothing(empty: str) -> None:
    assert subprocess.run([sys.executable, "-c", KILLED, empty], check=False).returncode == -signal.SIGKILL
    assert migrate(empty)
    assert migrate(empty) == []


def test_one_holder_for_a_partition_until_it_leaves(database: Database) -> None:
    first, second = connect(database.url), connect(database.url)
    assert hold_partition(first, 3)
    assert not hold_partition(second, 3)
    assert hold_partition(second, 4)
    assert release_partition(first, 3)
    assert hold_partition(second, 3)
    second.close()
    until(lambda: hold_partition(first, 4))  # freed once the server noticed
    first.close()
