"""The supervisor with real processes: killed children come back, a killed parent takes them along."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from hourglass.kernel import Conflict, Malformed, Settings
from hourglass.postgres import EmbeddedServer
from hourglass.supervisor import Serving, Supervisor, read_serving
from tests.waiting import until

ROLE = """
import sys
from hourglass.supervisor import stop_signal, unpack_settings
settings = unpack_settings(sys.stdin.buffer)
open(settings.data / sys.argv[1], "a").write(settings.database_url + chr(10))
if sys.argv[1] == "brief":
    sys.exit(3)
if sys.argv[1] == "stubborn":
    import signal, time
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(1)
stop_signal().wait()
open(settings.data / (sys.argv[1] + ".bye"), "w").close()
"""
PARENT = """
import logging, sys
from hourglass.supervisor import Supervisor, unpack_settings
from hourglass.kernel import HourglassError
logging.basicConfig()
command = lambda role: [sys.executable, "-c", {role!r}, role]
try:
    Supervisor(unpack_settings(sys.stdin.buffer), {roles!r}, command=command, patience=1.0).run()
except HourglassError as error:
    sys.exit(error.sentence)
heavy = {{"psycopg", "polars", "litestar"}} & sys.modules.keys()
assert not heavy, heavy
"""


class Parent:
    """A supervisor in a process of its own."""

    def __init__(self, settings: Settings, *roles: str) -> None:
        self.data = settings.data
        self.roles = roles
        code = PARENT.format(role=ROLE, roles=roles)
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdin is not None
        self.process.stdin.write(msgspec.json.encode(settings, enc_hook=str).decode())
        self.process.stdin.close()
        self.process.stdin = None

    def all_running(self) -> Serving:
        """Once every role runs and has read its settings."""
        until(lambda: (found := read_serving(self.data)) and found.roles.keys() == set(self.roles))
        until(lambda: all((self.data / role).exists() for role in self.roles))
        found = read_serving(self.data)
        assert found is not None
        return found

    def ended(self) -> tuple[int, str]:
        """Its exit status and what it said."""
        _, said = self.process.communicate(timeout=30)
        return self.process.returncode, said


@pytest.fixture
def settings(data: Path, server: EmbeddedServer) -> Settings:
    """With a database that is there already, so that a test is about processes only."""
    return Settings(data=data, database_url=server.url)


@pytest.fixture
def parents() -> Iterator[list[Parent]]:
    """Supervisors to be stopped at the end, whatever happened."""
    started: list[Parent] = []
    yield started
    for parent in started:
        if parent.process.poll() is None:
            parent.process.terminate()
        parent.ended()


def test_a_killed_child_comes_back(settings: Settings, parents: list[Parent]) -> None:
    parents.append(parent := Parent(settings, "engine", "delivery"))
    before = parent.all_running()
    os.kill(before.roles["engine"], signal.SIGKILL)
    until(
        lambda: (now := read_serving(settings.data)) and now.roles.get("engine") not in (None, before.roles["engine"])
    )
    after = parent.all_running()
    assert after.roles["delivery"] == before.roles["delivery"]
    parent.process.terminate()
    assert "engine ended (signal 9)" in parent.ended()[1]


def test_a_clean_stop_lets_roles_finish(settings: Settings, parents: list[Parent]) -> None:
    parents.append(parent := Parent(settings, "engine", "delivery"))
    running = parent.all_running()
    parent.process.send_signal(signal.SIGINT)
    assert parent.ended() == (0, "")
    assert (settings.data / "engine.bye").exists()
    assert (settings.data / "delivery.bye").exists()
    assert not any(map(alive, running.roles.values()))
    assert not (settings.data / "serve.json").exists()


def test_a_role_that_does_not_stop_is_killed(settings: Settings, parents: list[Parent]) -> None:
    parents.append(parent := Parent(settings, "stubborn"))
    running = parent.all_running()
    parent.process.terminate()
    assert parent.ended() == (0, "")
    assert not alive(running.roles["stubborn"])


def test_a_killed_parent_takes_its_children_along(settings: Settings, parents: list[Parent]) -> None:
    parents.append(parent := Parent(settings, "engine", "delivery"))
    running = parent.all_running()
    parent.process.kill()
    parent.ended()
    until(lambda: not any(map(alive, running.roles.values())))
    assert read_serving(settings.data) is None, "the file it left behind does not count"


def test_a_second_one_on_the_same_folder_is_refused(settings: Settings, parents: list[Parent]) -> None:
    parents.append(parent := Parent(settings, "engine"))
    running = parent.all_running()
    with pytest.raises(Conflict, match=f"already serves .* \\(process {running.pid}, http://127.0.0.1:8400\\)"):
        Supervisor(settings, ["engine"]).run()


def test_a_taken_port_is_said_at_once(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = msgspec.structs.replace(settings, port=other.getsockname()[1])
        with pytest.raises(Conflict, match="taken by another program"):
            Supervisor(taken, ["web"]).run()


@pytest.mark.parametrize(
    ("host", "port", "said"),
    [
        ("127.0.0.1", 99_999, "There is no port 99999; give one from 1 to 65535 by --port."),
        ("127.0.0.1", 0, "There is no port 0"),
        ("203.0.113.7", 8400, "203.0.113.7 is no address of this machine"),
        ("shop.invalid", 8400, "shop.invalid is no address of this machine"),
    ],
)
def test_where_nobody_can_listen_is_said_at_once(settings: Settings, host: str, port: int, said: str) -> None:
    with pytest.raises(Malformed, match=said):
        Supervisor(msgspec.structs.replace(settings, host=host, port=port), ["web"]).run()


def test_a_file_instead_of_a_folder_is_said_at_once(settings: Settings) -> None:
    settings.data.mkdir(exist_ok=True)
    (file := settings.data / "file").touch()
    for path, said in ((file, "file is a file; give a folder"), (file / "below", "below cannot be made")):
        with pytest.raises(Malformed, match=said):
            Supervisor(msgspec.structs.replace(settings, data=path), ["web"]).run()


def test_a_role_that_fails_at_once_is_tried_more_and_more_slowly(settings: Settings, parents: list[Parent]) -> None:
    parents.append(parent := Parent(settings, "brief"))
    until(lambda: (settings.data / "brief").exists() and len((settings.data / "brief").read_text().splitlines()) >= 3)
    parent.process.terminate()
    said = parent.ended()[1]
    assert "brief ended (exit status 3); trying again in 0.1 s" in said
    assert "brief ended (exit status 3); trying again in 0.2 s" in said


def test_the_embedded_database_is_started_brought_back_and_stopped(data: Path, parents: list[Parent]) -> None:
    parents.append(parent := Parent(Settings(data=data), "engine"))
    parent.all_running()
    server = EmbeddedServer(data)
    assert (data / "engine").read_text().strip() == server.url
    pid = server.pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    until(lambda: server.pid not in (None, pid) and server.probe())
    parent.process.terminate()
    status, said = parent.ended()
    assert status == 0, said
    assert "it runs again" in said
    assert server.pid is None


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
