"""What `hourglass serve` says when it cannot serve, before it has made anything."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from hourglass.cli.server.serve import serve
from hourglass.postgres import EmbeddedServer
from tests.live import free_port
from tests.waiting import until


def test_a_taken_port_is_said_before_anything_is_made(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server(("127.0.0.1", free_port())) as other, pytest.raises(SystemExit) as ended:
        serve(data=data, port=other.getsockname()[1])
    assert ended.value.code == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "is taken by another program" in said.err
    assert not (data / "postgres").exists()


def test_a_first_start_that_is_stopped_leaves_no_database_behind(data: Path) -> None:
    command = [sys.executable, "-m", "hourglass.cli", "serve", "--data", str(data), "--port", str(free_port())]
    starting = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    server = EmbeddedServer(data)
    until(lambda: server.pid, 120)
    starting.send_signal(signal.SIGTERM)
    starting.wait(120)
    assert server.pid is None
