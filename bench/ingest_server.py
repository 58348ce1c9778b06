"""A server process for the ingest benches: `ours` is the collect door alone, `bare` the raw limit."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import Any

import psycopg
import uvloop

from bench.bare import BareApp
from hourglass.kernel import Settings, SystemClock
from hourglass.log import LogWriter
from hourglass.postgres import Database
from hourglass.web import CollectApp, KeyRing, serve


async def main(what: str, url: str, port: int, data: str) -> None:
    """Serve until terminated."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    if what == "bare":
        connection: psycopg.AsyncConnection[Any] = await psycopg.AsyncConnection.connect(url, autocommit=True)
        app = BareApp(connection)
        flusher = asyncio.create_task(app.flush_for_ever())
        await serve(app, "127.0.0.1", port, stop)
        flusher.cancel()
        return
    settings, clock = Settings(data=Path(data), database_url=url), SystemClock()
    writer = LogWriter(url, clock, settings)
    await writer.start()
    await serve(CollectApp(writer, KeyRing(Database(url)), clock, settings), "127.0.0.1", port, stop)
    await writer.close()


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]))
