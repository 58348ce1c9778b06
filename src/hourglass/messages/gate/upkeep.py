"""What the gate needs done beside the delivery: now and then somebody asks the DNS about the domains that were met."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog

from hourglass.kernel import Clock, Unavailable
from hourglass.messages.gate.domains import refresh
from hourglass.postgres import Database

_say = structlog.get_logger(__name__)
_PAUSE = 5.0

Chore = Callable[[Database, datetime], Awaitable[object]]
CHORES: tuple[Chore, ...] = (refresh,)


async def run_upkeep(database: Database, clock: Clock) -> None:
    """Do the chores until cancelled. An outage of PostgreSQL is waited out; nothing here holds a message up."""
    while True:
        for chore in CHORES:
            try:
                await chore(database, clock.now())
            except Unavailable as error:
                _say.warning("gate_upkeep_waits", reason=str(error))
        await asyncio.sleep(_PAUSE)
