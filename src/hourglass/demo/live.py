"""The week, live: starts the demo clock, plays what is due through the public API, keeps every acknowledged batch."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import httpx
from msgspec import Struct

from hourglass.demo.collect import Collect
from hourglass.demo.options import Options
from hourglass.demo.player import Keep, Player
from hourglass.demo.progress import Progress
from hourglass.demo.readers.doors import Doors
from hourglass.demo.readers.reading import Readers
from hourglass.demo.store import keep
from hourglass.demo.story import Story
from hourglass.kernel import Clock, DemoClock, WorkspaceId
from hourglass.postgres import Database

Watch = Callable[[Progress], None]
"""Sees every step, for the terminal."""

# Seconds in which every role has surely heard that the clock runs; else the first events would come from its future.
_HEARD = 1.0


class ShopServer(Struct, frozen=True, kw_only=True):
    """The server that the demo plays on. `returns`: its port for returned mail on this machine, 0 for none."""

    address: str
    write_key: str
    returns: int


async def play_live(
    database: Database,
    workspace_id: WorkspaceId,
    story: Story,
    progress: Progress,
    options: Options,
    *,
    client: httpx.AsyncClient,
    shop: ShopServer,
    clock: Clock,
    watch: Watch,
) -> None:
    """Go on from where the demo stands to the end of the story, or to the present if that was asked."""
    progress = progress.running(clock.now(), options.rate)
    kept = _keeper(database, workspace_id, progress, watch)
    await kept(progress.live_told, progress.shown)
    await asyncio.sleep(_HEARD)
    collect = Collect(client, shop.write_key, asyncio.sleep)
    shown = DemoClock(progress.anchor, clock)
    doors = Doors(client=client, returns=shop.returns, shelf=story.shelf, seed=progress.seed)
    reading = asyncio.create_task(Readers(database, doors, collect, shown).run())
    player = Player(story, shown, collect.send, kept, asyncio.sleep)
    try:
        await player.play(progress.live_told, until_caught_up=options.until_caught_up)
    finally:
        reading.cancel()
        await _over(reading)


async def _over(reading: asyncio.Task[None]) -> None:
    """Wait until it has ended; what broke it breaks the demo."""
    with suppress(asyncio.CancelledError):
        await reading


def _keeper(database: Database, workspace_id: WorkspaceId, progress: Progress, watch: Watch) -> Keep:
    def write(reached: Progress) -> None:
        with database.transaction() as tx:
            keep(tx, workspace_id, reached)

    async def kept(position: int, shown: datetime) -> None:
        reached = progress.reached(position, shown)
        await asyncio.to_thread(write, reached)
        watch(reached)

    return kept
