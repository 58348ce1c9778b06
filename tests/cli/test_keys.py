"""`hourglass keys` beside a running server."""

from __future__ import annotations

import time
from pathlib import Path

import httpx

from tests.live import Live
from tests.waiting import until


def test_a_key_is_made_listed_and_taken_back_while_the_server_runs(data: Path) -> None:
    with Live(data) as live, httpx.Client() as client:

        def knock() -> int:
            event = {"event": "Product Viewed", "userId": "ann"}
            return client.post(f"{live.url}/v1/track", json=event, auth=(live.write_key, "")).status_code

        assert knock() == 200
        number, kind, hint, *_, state = live.command("keys", "list").split(maxsplit=7)
        assert (kind, hint.removeprefix("…"), state.strip()) == ("write", live.write_key[-4:], "in use")
        assert "revoked" in live.command("keys", "revoke", number)
        revoked = time.monotonic()
        until(lambda: knock() == 401, 5)
        assert time.monotonic() - revoked < 1.5, "a second, and what the test itself takes"
        assert "revoked" in live.command("keys", "list")
