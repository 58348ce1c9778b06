"""PostgreSQL is away for a while: the door says 503, nothing acknowledged is lost, and all goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from hourglass.postgres import EmbeddedServer
from tests.crash.books import settle
from tests.crash.crowd import Crowd
from tests.crash.shop import DEFINITIONS
from tests.live import Live
from tests.mailbox import Mailbox
from tests.waiting import until


@pytest.fixture
def own(tmp_path: Path) -> Iterator[EmbeddedServer]:
    """A PostgreSQL that Hourglass is only told about, so nobody but the test stops and starts it."""
    with EmbeddedServer(tmp_path / "own") as running:
        yield running


def test_an_outage_is_said_at_once_and_waited_out(own: EmbeddedServer, data: Path, mailbox: Mailbox) -> None:
    with Live(data, smtp_url=mailbox.url, flush_seconds=0.2, database_url=own.url) as live:
        live.define(*DEFINITIONS)
        with Crowd(live, seed=4) as crowd:
            until(lambda: len(mailbox.mails) > 5, 60)
            roles = live.pids()
            own.stop()
            until(lambda: _knock(live).status_code == 503, 10)
            answer = _knock(live)
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
            assert "send it again" in answer.json()["error"]
            assert answer.elapsed.total_seconds() < 1
            assert not live.healthy()
            own.start()
            live.await_health()
            before = crowd.progress()
            until(lambda: crowd.progress() > before + 100, 60)
        assert live.pids() == roles, "no role had to be started again"
        settle(live, crowd, mailbox)


def _knock(live: Live) -> httpx.Response:
    event = {"event": "Product Viewed", "anonymousId": "nobody", "messageId": "look-of-nobody"}
    return httpx.post(f"{live.url}/v1/track", json=event, auth=(live.write_key, ""), timeout=20)
