"""The raw limit of durable requests: a bare ASGI app that puts bodies into a table, one COPY per group commit."""

from __future__ import annotations

import asyncio
from typing import Any

import psycopg

TABLE = "CREATE TABLE IF NOT EXISTS bare (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload bytea NOT NULL)"
COPY = "COPY bare (payload) FROM STDIN (FORMAT binary)"
_START = {
    "type": "http.response.start",
    "status": 200,
    "headers": [(b"content-type", b"application/json"), (b"content-length", b"16")],
}
_BODY = {"type": "http.response.body", "body": b'{"success":true}'}


class BareApp:
    """Takes anything, checks nothing."""

    def __init__(self, connection: psycopg.AsyncConnection[Any]) -> None:
        self._connection = connection
        self._rows: list[bytes] = []
        self._waiting: list[asyncio.Future[None]] = []
        self._work = asyncio.Event()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        del scope
        body, more = b"", True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        future = asyncio.get_running_loop().create_future()
        self._rows.append(body)
        self._waiting.append(future)
        self._work.set()
        await future
        await send(_START)
        await send(_BODY)

    async def flush_for_ever(self) -> None:
        """One COPY and one commit for everything that came meanwhile."""
        while True:
            await self._work.wait()
            self._work.clear()
            rows, self._rows = self._rows, []
            waiting, self._waiting = self._waiting, []
            async with self._connection.transaction(), self._connection.cursor() as cursor, cursor.copy(COPY) as copy:
                copy.set_types(["bytea"])
                for row in rows:
                    await copy.write_row((row,))
            for future in waiting:
                future.set_result(None)


def copy_rows(connection: psycopg.Connection[Any], rows: list[bytes], commit: int) -> None:
    """The raw limit of batches: one row an event, `commit` rows a commit, nothing between us and PostgreSQL."""
    for start in range(0, len(rows), commit):
        with connection.transaction(), connection.cursor() as cursor, cursor.copy(COPY) as copy:
            copy.set_types(["bytea"])
            for row in rows[start : start + commit]:
                copy.write_row((row,))
