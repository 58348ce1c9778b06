"""The thread beside the tick, as the engine runs it."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from hourglass.campaigns import Campaigns
from hourglass.campaigns.sends.advance import hurries
from hourglass.kernel import FixedClock, Settings
from tests.campaigns.desk import Desk
from tests.messages.shop import NOW, days, until


async def test_it_is_woken_carries_on_and_notes_the_end(desk: Desk, data: Path) -> None:
    desk.readers_many(20)
    stop = threading.Event()
    thread = asyncio.create_task(
        asyncio.to_thread(Campaigns(desk.database, FixedClock(NOW), Settings(data=data)).run, stop)
    )
    try:
        desk.send()
        await until(lambda: desk.states() == {"queued": 20}, 30)
        desk.hand_over()
        await until(lambda: desk.standing().state == "finished", 30)
    finally:
        stop.set()
        await thread


def test_nothing_hurries_while_a_winner_or_an_hour_is_waited_for(desk: Desk) -> None:
    desk.readers_many(50)
    desk.send(variants=[{"subject": "A"}, {"subject": "B"}], test={"share": 50, "for": "1h"})
    desk.advance()
    assert hurries(desk.database, desk.workspace, NOW)
    desk.hand_over()
    desk.advance()
    assert not hurries(desk.database, desk.workspace, NOW)
    desk.advance(NOW + days(1 / 24))
    assert hurries(desk.database, desk.workspace, NOW + days(1 / 24))
