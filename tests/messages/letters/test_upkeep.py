"""What is done beside the delivery goes on, whatever goes wrong once."""

from __future__ import annotations

import asyncio
from datetime import datetime

from structlog.testing import capture_logs

from hourglass.kernel import FixedClock
from hourglass.messages.letters.upkeep import run_upkeep
from hourglass.postgres import Database
from tests.messages.shop import NOW


async def test_a_chore_that_failed_is_done_again(database: Database) -> None:
    tries, done = 0, asyncio.Event()

    async def chore(_: Database, now: datetime) -> None:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise LookupError("as a deadlock would")
        assert now == NOW
        done.set()

    with capture_logs() as said:
        upkeep = asyncio.create_task(run_upkeep(database, FixedClock(NOW), [(chore, 0.0)]))
        await asyncio.wait_for(done.wait(), 60)
    upkeep.cancel()
    assert [line["event"] for line in said] == ["chore_not_done"]
