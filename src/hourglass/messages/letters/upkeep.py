"""What has to be done beside the delivery: confirmations are asked for, domains that were met are looked up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

import structlog

from hourglass.kernel import Clock, Unavailable
from hourglass.messages.gate.domains import refresh
from hourglass.messages.letters.confirmation import ask_for_confirmations
from hourglass.postgres import Database

_say = structlog.get_logger(__name__)

Chore = Callable[[Database, datetime], Awaitable[object]]
CHORES: tuple[tuple[Chore, float], ...] = ((ask_for_confirmations, 3.0), (refresh, 10.0))
"""What, and after how many seconds again."""


async def run_upkeep(database: Database, clock: Clock, chores: Iterable[tuple[Chore, float]] = CHORES) -> None:
    """Do the chores until cancelled; none of this holds a message up."""
    await asyncio.gather(*(_again(chore, pause, database, clock) for chore, pause in chores))


async def _again(chore: Chore, pause: float, database: Database, clock: Clock) -> None:
    """Whatever goes wrong, it is tried again after the usual pause."""
    while True:
        try:
            await chore(database, clock.now())
        except Unavailable as error:
            _say.warning("upkeep_waits", reason=str(error))
        except Exception:  # noqa: BLE001 - the note says what went wrong; a chore that is gone would be missed by nobody
            _say.exception("chore_not_done")
        await asyncio.sleep(pause)
