"""The HTTP server: Granian inside our own process and event loop."""

from __future__ import annotations

import asyncio
import gc
from typing import Any

from granian.constants import HTTPModes, Interfaces
from granian.server.embed import Server

_BACKLOG = 2048
_YOUNG_OBJECTS = 10_000


async def serve(app: Any, host: str, port: int, stop: asyncio.Event) -> None:
    """Answer requests until `stop` is set; those under way are finished."""
    server = Server(
        app,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,
        websockets=False,
        backlog=_BACKLOG,
        log_enabled=False,
        log_access=False,
    )
    # What stands now stays: the collector need not walk it again, nor look up every few requests.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS)
    running = asyncio.ensure_future(server.serve())
    stopping = asyncio.ensure_future(stop.wait())
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not running.done():
        server.stop()
    await running
