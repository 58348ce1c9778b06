"""The very first start, killed again and again while it makes the database, leaves nothing that stops the next one."""

from __future__ import annotations

import time
from pathlib import Path
from random import Random

import httpx
import pytest

from tests.live import Live

KILLS = 5
LONGEST = 6.0


@pytest.mark.timeout(240)
def test_a_first_start_that_is_killed_again_and_again_succeeds_in_the_end(data: Path) -> None:
    chance = Random(7)
    live = Live(data)
    for _ in range(KILLS):
        live.begin()
        time.sleep(chance.uniform(0.3, LONGEST))
        live.kill_everything()
    with live:
        assert live.healthy()
        event = {"event": "Product Viewed", "userId": "anna"}
        answer = httpx.post(f"{live.url}/v1/track", json=event, auth=(live.write_key, ""), timeout=20)
        assert answer.status_code == 200
