"""A full disk: 503 with Retry-After, nothing half stored, and recovery by itself once there is room."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import psycopg
import pytest

from hourglass.kernel import Unavailable
from tests.crash.books import settle
from tests.crash.crowd import Crowd
from tests.live import Live
from tests.mailbox import Mailbox
from tests.waiting import until

_DISK_MB = 400
_MEGABYTE = b"\0" * 1_000_000


def test_below_the_least_free_space_nothing_is_accepted(model: Live, data: Path) -> None:
    live = model.twin(data, min_free_mb=1_000_000_000)
    live.begin()
    try:
        until(lambda: live.health().get("status") == "degraded", 60)
        assert "disk" in live.health()["reason"]
        event = {"event": "Product Viewed", "userId": "anna"}
        answer = httpx.post(f"{live.url}/v1/track", json=event, auth=(live.write_key, ""), timeout=20)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert "disk" in answer.json()["error"]
        assert live.rows("SELECT (SELECT count(*) FROM event_log) + (SELECT count(*) FROM event_ids)") == [(0,)]
        assert live.ask("/api/session")["user"], "only the door for events is closed"
    finally:
        live.stop()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk that can be filled."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = _run("mount", "-t", "tmpfs", "-o", f"size={_DISK_MB}m,mode=0711", "tmpfs", str(folder))
    if mounted:
        pytest.skip(f"no small disk to fill: mounting a tmpfs needs root ({mounted})")
    yield folder
    _run("umount", "--lazy", str(folder))


@pytest.mark.timeout(300)
@pytest.mark.parametrize("min_free_mb", [64, 0], ids=["stopped in time", "filled to the brim"])
def test_a_disk_that_fills_up_and_is_freed_loses_nothing(
    model: Live, disk: Path, mailbox: Mailbox, min_free_mb: int
) -> None:
    ballast = disk / "ballast"
    with model.twin(disk / "data", smtp_url=mailbox.url, flush_seconds=0.2, min_free_mb=min_free_mb) as live:
        with Crowd(live, seed=5) as crowd:
            until(lambda: len(mailbox.mails) > 5, 60)
            _fill(ballast)
            if not min_free_mb:
                _let_postgres_fall(live)
            before = crowd.repeats
            until(lambda: crowd.repeats > before + 50, 60)
            ballast.unlink()
            live.await_health()
            before = crowd.progress()
            until(lambda: crowd.progress() > before + 100, 60)
        settle(live, crowd, mailbox)


def _let_postgres_fall(live: Live) -> None:
    """Without room for the next piece of its own log, PostgreSQL panics, and cannot even start."""
    pid = live.pids()["postgres"]
    with suppress(Unavailable, psycopg.Error):
        while True:
            live.rows("SELECT pg_switch_wal()")
            live.rows("SELECT pg_logical_emit_message(true, 'test', 'x')")
    until(lambda: live.pids().get("postgres") != pid, 30)


def _fill(ballast: Path) -> None:
    """Write until nothing more goes in."""
    with suppress(OSError), ballast.open("wb", buffering=0) as file:
        while file.write(_MEGABYTE):
            pass


def _run(*command: str) -> str:
    """Empty when it worked, else what it said."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        return str(error)
    return "" if done.returncode == 0 else done.stderr.strip() or "it failed"
