"""Group commit: many requests, few commits; done means durable; away means a refusal at once and a recovery alone."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec
import pytest

from hourglass.events import envelope
from hourglass.kernel import Settings, SystemClock, Unavailable, WorkspaceId
from hourglass.log import Chunk, LogWriter, Piece, claim
from hourglass.postgres import Database, EmbeddedServer, migrate

SHOP = WorkspaceId(1)


def piece(name: str, partition: int = 0) -> Piece:
    return Piece(partition, 1, envelope("track", {"userId": "u", "event": "x", "messageId": name}))


def chunks(database: Database) -> list[Chunk]:
    with database.transaction() as tx:
        return claim(tx, range(4), 1_000_000)


def stored(found: list[Chunk]) -> list[str]:
    return [one["e"]["messageId"] for chunk in found for one in msgspec.json.decode(chunk.payload)]


@asynccontextmanager
async def writing(url: str, data: Path, min_free_mb: int = 0) -> AsyncGenerator[LogWriter]:
    writer = LogWriter(url, SystemClock(), Settings(data=data, min_free_mb=min_free_mb))
    await writer.start()
    yield writer
    await writer.close()


async def eventually(condition: Callable[[], object], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.01)


async def test_done_means_durable(database: Database, tmp_path: Path) -> None:
    async with writing(database.url, tmp_path) as writer:
        await writer.append(SHOP, [piece("m1")])
        assert stored(chunks(database)) == ["m1"]


async def test_requests_that_come_together_share_a_chunk_in_their_order(database: Database, tmp_path: Path) -> None:
    async with writing(database.url, tmp_path) as writer:
        await asyncio.gather(*(writer.append(SHOP, [piece(f"m{n}", n % 2)]) for n in range(500)))
    found = chunks(database)
    assert len(found) == 2
    assert [stored([chunk]) for chunk in found] == [[f"m{n}" for n in range(500) if n % 2 == side] for side in (0, 1)]


async def test_workspaces_do_not_share_chunks(database: Database, tmp_path: Path) -> None:
    async with writing(database.url, tmp_path) as writer:
        await asyncio.gather(writer.append(SHOP, [piece("a")]), writer.append(WorkspaceId(2), [piece("b")]))
    assert {chunk.workspace_id for chunk in chunks(database)} == {1, 2}


async def test_a_chunk_does_not_grow_without_end(database: Database, tmp_path: Path) -> None:
    async with writing(database.url, tmp_path) as writer:
        await asyncio.gather(*(writer.append(SHOP, [piece(f"m{n}")]) for n in range(2500)))
    found = chunks(database)
    assert max(chunk.events for chunk in found) <= 1000
    assert stored(found) == [f"m{n}" for n in range(2500)]


async def test_a_large_flush_arrives_whole(database: Database, tmp_path: Path) -> None:
    async with writing(database.url, tmp_path) as writer:
        large = Piece(0, 1, b'{"k":"page","e":{"a":"' + b"x" * 8_000_000 + b'"}}')
        await asyncio.gather(*(writer.append(SHOP, [large]) for _ in range(4)))
    assert sum(len(chunk.payload) for chunk in chunks(database)) > 32_000_000


async def test_a_commit_wakes_the_engine(database: Database, tmp_path: Path) -> None:
    listener = database.listen("hourglass_log")
    listener.wait(0.01)
    async with writing(database.url, tmp_path) as writer:
        await writer.append(SHOP, [piece("m1")])
    assert await asyncio.to_thread(listener.wait, 10.0)
    listener.close()


async def test_closing_stores_what_was_accepted_and_accepts_no_more(database: Database, tmp_path: Path) -> None:
    async with writing(database.url, tmp_path) as writer:
        waiting = [writer.append(SHOP, [piece(f"m{n}")]) for n in range(100)]
        await writer.close()
        assert all(future.done() and future.exception() is None for future in waiting)
        with pytest.raises(Unavailable):
            writer.append(SHOP, [piece("late")])
    assert len(stored(chunks(database))) == 100


async def test_without_room_on_the_disk_nothing_is_accepted(database: Database, tmp_path: Path) -> None:
    async with writing(database.url, tmp_path, min_free_mb=10**9) as writer:
        with pytest.raises(Unavailable, match="disk"):
            writer.append(SHOP, [piece("m1")])


async def test_a_lost_connection_refuses_those_who_wait_and_is_made_anew(database: Database, tmp_path: Path) -> None:
    async with writing(database.url, tmp_path) as writer:
        await writer.append(SHOP, [piece("before")])
        with database.transaction() as tx:
            tx.execute("LOCK TABLE event_log")
            waiting = writer.append(SHOP, [piece("stuck")])
            await asyncio.sleep(0)
            await eventually(lambda: _stuck(database))
            tx.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
            with pytest.raises(Unavailable, match="messageId"):
                await waiting
        await eventually(lambda: writer.ready)
        await writer.append(SHOP, [piece("after")])
    assert stored(chunks(database)) == ["before", "after"]


def _stuck(database: Database) -> bool:
    with database.transaction() as tx:
        row = tx.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'").fetchone()
        return row is not None and row[0] > 0


async def test_an_error_inside_the_database_stores_nothing_of_the_flush(database: Database, tmp_path: Path) -> None:
    with database.transaction() as tx:
        tx.execute("ALTER TABLE event_log ADD CHECK (partition < 3)")
    async with writing(database.url, tmp_path) as writer:
        futures = [writer.append(SHOP, [piece("fine", 0)]), writer.append(SHOP, [piece("odd", 3)])]
        results = await asyncio.gather(*futures, return_exceptions=True)
        assert [type(result) for result in results] == [Unavailable, Unavailable]
        await eventually(lambda: writer.ready)
        await writer.append(SHOP, [piece("again", 0)])
    assert stored(chunks(database)) == ["again"]


@pytest.mark.crash
async def test_postgres_killed_under_load_loses_nothing_acknowledged(tmp_path: Path) -> None:
    with EmbeddedServer(tmp_path) as server:
        migrate(server.url)
        database = Database(server.url)
        acknowledged: set[str] = set()
        refused = 0
        async with writing(server.url, tmp_path) as writer:

            async def client(name: str) -> None:
                nonlocal refused
                for turn in range(300):
                    try:
                        await writer.append(SHOP, [piece(f"{name}-{turn}")])
                        acknowledged.add(f"{name}-{turn}")
                    except Unavailable:
                        refused += 1
                        await asyncio.sleep(0.002)

            clients = [asyncio.create_task(client(f"c{n}")) for n in range(8)]
            await eventually(lambda: len(acknowledged) > 200)
            assert server.pid is not None
            os.kill(server.pid, signal.SIGKILL)
            await eventually(lambda: not writer.ready)
            with pytest.raises(Unavailable):
                writer.append(SHOP, [piece("away")])
            await asyncio.to_thread(server.ensure_running)
            await eventually(lambda: writer.ready)
            await asyncio.gather(*clients)
            await writer.append(SHOP, [piece("recovered")])
        found = stored(chunks(database))
        assert refused
        assert acknowledged | {"recovered"} <= set(found)
        assert len(found) == len(set(found))
        database.close()
