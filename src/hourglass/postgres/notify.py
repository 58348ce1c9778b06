"""Being woken by PostgreSQL instead of asking again and again."""

from __future__ import annotations

import asyncio
import selectors
import time
from typing import Any

import psycopg
from psycopg import sql

from hourglass.kernel import Unavailable, monotonic
from hourglass.postgres.database import Transaction, async_connect, connect

_RETRY = 0.5


class Listener:
    """Waits for NOTIFY on one channel, over a connection of its own that it renews by itself."""

    def __init__(self, url: str, channel: str) -> None:
        self._url = url
        self._listen = sql.SQL("LISTEN {}").format(sql.Identifier(channel))
        self._connection: Transaction | None = None

    def wait(self, timeout: float) -> bool:
        """True as soon as something was said (or may have been missed), False after `timeout` seconds of silence."""
        deadline = monotonic() + timeout
        while True:
            try:
                if self._connection is None:
                    self._open()
                    return True
                return _said(self._connection) or (_readable(self._connection, timeout) and _said(self._connection))
            except (psycopg.Error, Unavailable):
                self.close()
            if (timeout := deadline - monotonic()) <= 0:
                return False
            time.sleep(min(_RETRY, timeout))

    def close(self) -> None:
        """Stop listening."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _open(self) -> None:
        connection = connect(self._url)
        connection.execute(self._listen)
        self._connection = connection


def _said(connection: Transaction) -> bool:
    """Whether something lies there already. psycopg's own way to wait looks ten times a second, which adds up."""
    return bool(list(connection.notifies(timeout=0)))


def _readable(connection: Transaction, timeout: float) -> bool:
    with selectors.DefaultSelector() as selector:
        selector.register(connection, selectors.EVENT_READ)
        return bool(selector.select(max(0.0, timeout)))


class AsyncListener:
    """The same for an event loop."""

    def __init__(self, url: str, channel: str) -> None:
        self._url = url
        self._listen = sql.SQL("LISTEN {}").format(sql.Identifier(channel))
        self._connection: psycopg.AsyncConnection[tuple[Any, ...]] | None = None

    async def wait(self, timeout: float) -> bool:
        """True as soon as something was said (or may have been missed), False after `timeout` seconds of silence."""
        deadline = monotonic() + timeout
        while True:
            try:
                if self._connection is None:
                    await self._open()
                    return True
                if await _said_async(self._connection):
                    return True
                return await _readable_async(self._connection, timeout) and await _said_async(self._connection)
            except (psycopg.Error, Unavailable):
                await self.close()
            if (timeout := deadline - monotonic()) <= 0:
                return False
            await asyncio.sleep(min(_RETRY, timeout))

    async def close(self) -> None:
        """Stop listening."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.close()

    async def _open(self) -> None:
        connection = await async_connect(self._url)
        await connection.execute(self._listen)
        self._connection = connection


async def _said_async(connection: psycopg.AsyncConnection[tuple[Any, ...]]) -> bool:
    return bool([one async for one in connection.notifies(timeout=0)])


async def _readable_async(connection: psycopg.AsyncConnection[tuple[Any, ...]], timeout: float) -> bool:
    loop, readable = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(connection.fileno(), readable.set)
    try:
        await asyncio.wait_for(readable.wait(), timeout)
    except TimeoutError:
        return False
    finally:
        loop.remove_reader(connection.fileno())
    return True
