"""The embedded server: made, shared, killed and brought back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hourglass.kernel import Unavailable
from hourglass.postgres import Database, EmbeddedServer
from hourglass.postgres.processes import read_pid_file
from tests.waiting import until


@pytest.fixture
def own(data: Path) -> Iterator[EmbeddedServer]:
    """A server that a test may kill."""
    server = EmbeddedServer(data, durable=False)
    server.start()
    yield server
    server.stop()


def test_it_comes_back_after_a_sigkill_and_connections_mend(own: EmbeddedServer) -> None:
    database = Database(own.url)
    with database.transaction() as tx:
        tx.execute("CREATE TABLE kept AS SELECT 1 AS a")
    kill(own)
    assert not own.probe()
    until(lambda: is_away(database), 60)  # its session may outlive the server by a moment
    assert own.ensure_running()
    with database.transaction() as tx:
        assert tx.execute("SELECT a FROM kept").fetchone() == (1,)
    assert not own.ensure_running()
    database.close()


def test_it_comes_back_while_a_session_of_the_dead_one_is_still_there(own: EmbeddedServer) -> None:
    database = Database(own.url)
    with database.transaction() as tx:
        session = tx.info.backend_pid
    os.kill(session, signal.SIGSTOP)
    kill(own)
    subprocess.Popen([sys.executable, "-c", f"import time, os; time.sleep(0.5); os.kill({session}, {signal.SIGCONT})"])
    assert own.ensure_running()
    with database.transaction() as tx:
        assert tx.info.backend_pid != session
    database.close()


@pytest.fixture
def stranger(own: EmbeddedServer) -> Iterator[int]:
    """Another program of the user that the server runs as."""
    user = own.folder.stat().st_uid if os.geteuid() == 0 else None
    program = subprocess.Popen(["cat"], stdin=subprocess.PIPE, user=user)
    yield program.pid
    program.communicate()


@pytest.mark.parametrize("lock", ["postmaster.pid", ".s.PGSQL.5432.lock"])
def test_a_lock_with_the_number_of_another_program_does_not_block(
    own: EmbeddedServer, stranger: int, lock: str
) -> None:
    kill(own)
    path = own.folder / lock
    path.write_text("\n".join([str(stranger), *path.read_text().split("\n")[1:]]))
    assert own.pid is None
    assert own.ensure_running()
    found = read_pid_file(own.folder)
    assert found is not None
    assert found.pid not in (os.getpid(), stranger)


@pytest.mark.parametrize("lock", ["postmaster.pid", ".s.PGSQL.5432.lock"])
def test_an_empty_lock_does_not_block(own: EmbeddedServer, lock: str) -> None:
    kill(own)
    (own.folder / lock).write_text("")
    assert own.ensure_running()


def test_a_listener_hears_renews_itself_and_says_so(own: EmbeddedServer) -> None:
    database = Database(own.url)
    listener = database.listen("news")
    assert listener.wait(5), "the first look counts as news: something may have been said before"
    assert not listener.wait(0.01)
    with database.transaction() as tx:
        tx.execute("NOTIFY news")
    assert listener.wait(5)
    kill(own)
    assert not listener.wait(0.01)
    own.ensure_running()
    assert listener.wait(5)
    listener.close()
    database.close()


def test_the_last_of_two_processes_stops_it(own: EmbeddedServer) -> None:
    code = f"""
from pathlib import Path
from hourglass.postgres import EmbeddedServer
with EmbeddedServer(Path({str(own.data)!r})) as server:
    print(server.pid, flush=True)
    input()
"""
    other = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert other.stdout is not None
    pid = own.pid
    assert int(other.stdout.readline()) == pid
    own.stop()
    assert own.probe(), "the other process still uses it"
    other.communicate("\n", timeout=30)
    assert own.pid is None
    assert not own.probe()


def test_two_users_in_one_process_count_as_two(own: EmbeddedServer) -> None:
    second = EmbeddedServer(own.data)
    assert second.start() == own.url
    own.stop()
    assert second.probe()
    second.stop()
    assert second.pid is None


def test_one_that_does_not_answer_yet_is_waited_for_no_longer_than_wished(own: EmbeddedServer) -> None:
    pid = own.pid
    assert pid is not None
    other = EmbeddedServer(own.data)
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(Unavailable, match="does not answer"):
            other.start(recovery=0.1)
    finally:
        os.kill(pid, signal.SIGCONT)
    own.stop()
    assert own.pid == pid, "who waits for it is one of its users already"
    other.stop()
    assert other.pid is None


def test_a_long_path_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("a folder, with a long name " * 4) / "ключ"
    with EmbeddedServer(deep, durable=False) as server:
        assert server.probe()
        database = Database(server.url)
        with database.transaction() as tx:
            assert tx.execute("SELECT 1").fetchone() == (1,)
        database.close()


def test_files_of_another_version_are_refused(data: Path) -> None:
    folder = data / "postgres"
    folder.mkdir(parents=True)
    (folder / "PG_VERSION").write_text("9\n")
    with pytest.raises(Unavailable, match="made by PostgreSQL 9"):
        EmbeddedServer(data).start()


def is_away(database: Database) -> bool:
    try:
        with database.transaction():
            return False
    except Unavailable:
        return True


def kill(server: EmbeddedServer) -> None:
    pid = server.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(lambda: server.pid is None)
