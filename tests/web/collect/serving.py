"""A real server of the collect door in a thread: Granian, group commit, PostgreSQL."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import uvloop

from hourglass.events import Event, decode
from hourglass.kernel import Settings, SystemClock, WorkspaceId
from hourglass.log import LogWriter, claim
from hourglass.postgres import Database
from hourglass.web import CollectApp, KeyRing, create_key, serve
from tests.waiting import until


class Served(msgspec.Struct):
    """Where it listens, and the key it takes."""

    url: str
    key: str
    database: Database
    writer: LogWriter

    def events(self) -> list[Event]:
        """Everything stored since the last call, decoded."""
        now = datetime.now(UTC)
        with self.database.transaction() as tx:
            chunks = claim(tx, range(8), 1_000_000)
        events: list[Event] = []
        for chunk in chunks:
            good, bad = decode(chunk.payload, chunk.received_at, now)
            assert not bad
            events += good
        return events


@contextmanager
def serving(database: Database, data: Path) -> Generator[Served]:
    """Serve until the end of the block."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with database.transaction() as tx:
        key = create_key(tx, WorkspaceId(1), "write", datetime.now(UTC))
    settings, clock = Settings(data=data, port=port), SystemClock()
    writer = LogWriter(database.url, clock, settings)
    started, stop, loops = threading.Event(), asyncio.Event(), []

    async def main() -> None:
        loops.append(asyncio.get_running_loop())
        await writer.start()
        started.set()
        await serve(CollectApp(writer, KeyRing(database), clock, settings), "127.0.0.1", port, stop)
        await writer.close()

    thread = threading.Thread(target=uvloop.run, args=(main(),), name="door")
    thread.start()
    try:
        assert started.wait(20)
        until(lambda: _listens(port))
        yield Served(f"http://127.0.0.1:{port}", key, database, writer)
    finally:
        loops[0].call_soon_threadsafe(stop.set)
        thread.join(20)
        assert not thread.is_alive()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return False
    return True
