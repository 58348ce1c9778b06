"""One round trip, one commit: chunks go to PostgreSQL as a libpq pipeline, a sixth of the work of a COPY per commit.

Everything between two syncs of a pipeline is one transaction, so either all chunks of a flush are durable or none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import psycopg
from psycopg import errors, pq

from hourglass.kernel import Unavailable
from hourglass.log.chunk import Chunk
from hourglass.log.store import queries
from hourglass.postgres import async_connect

_PATIENCE = 30.0
_BINARY = pq.Format.BINARY
_FORMATS = [_BINARY] * 5
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_FINE = (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK)


class Pipeline:
    """A connection that appends chunks. After any error it is of no more use: close it and open another."""

    def __init__(self, connection: psycopg.AsyncConnection[tuple[object, ...]]) -> None:
        self._connection = connection
        self._pg = connection.pgconn
        self._socket = connection.pgconn.socket
        self._loop = asyncio.get_running_loop()
        self._answer: asyncio.Future[None] | None = None
        self._error: psycopg.Error | None = None

    @classmethod
    async def open(cls, url: str) -> Pipeline:
        """Connect and prepare; raises Unavailable."""
        connection = await async_connect(url)
        await connection.execute(queries.sql("commit_durably").encode())
        pipeline = cls(connection)
        pipeline._pg.nonblocking = 1
        pipeline._pg.enter_pipeline_mode()
        pipeline._loop.add_reader(pipeline._socket, pipeline._readable)
        pipeline._pg.send_prepare(b"append", queries.sql("append_chunk").encode())
        pipeline._pg.send_prepare(b"wake", queries.sql("wake_engine").encode())
        try:
            await pipeline._sync()
        except psycopg.Error as error:
            await pipeline.close()
            raise Unavailable(f"The database is not available right now: {error}") from error
        return pipeline

    async def commit(self, chunks: Sequence[Chunk]) -> None:
        """Returns when all chunks are durable and the engine is told; raises psycopg.Error when that is not certain."""
        for chunk in chunks:
            self._pg.send_query_prepared(b"append", _row(chunk), _FORMATS)
        self._pg.send_query_prepared(b"wake", [], [])
        await self._sync()

    async def close(self) -> None:
        """Give the connection back."""
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)
        self._pg.finish()
        await self._connection.close()

    async def _sync(self) -> None:
        self._answer = self._loop.create_future()
        self._error = None
        patience = self._loop.call_later(_PATIENCE, self._fail, psycopg.OperationalError("no answer"))
        try:
            self._pg.pipeline_sync()
            self._writable()
            await self._answer
        finally:
            patience.cancel()

    def _writable(self) -> None:
        """Send what the socket takes; come back for the rest."""
        try:
            rest = self._pg.flush()
        except psycopg.Error as error:
            self._fail(error)
            return
        if rest:
            self._loop.add_writer(self._socket, self._writable)
        else:
            self._loop.remove_writer(self._socket)

    def _readable(self) -> None:
        try:
            self._pg.consume_input()
            while not self._pg.is_busy() and self._answer is not None and not self._answer.done():
                self._take(self._pg.get_result())
        except psycopg.Error as error:
            self._fail(error)

    def _take(self, result: pq.abc.PGresult | None) -> None:
        if result is None:
            return
        if result.status == pq.ExecStatus.PIPELINE_SYNC:
            assert self._answer is not None
            if self._error is None:
                self._answer.set_result(None)
            else:
                self._answer.set_exception(self._error)
        elif result.status not in _FINE and self._error is None:
            self._error = errors.error_from_result(result)

    def _fail(self, error: psycopg.Error) -> None:
        self._loop.remove_reader(self._socket)
        self._loop.remove_writer(self._socket)
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)


def _row(chunk: Chunk) -> list[bytes]:
    span = chunk.received_at - _EPOCH
    micros = (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds
    return [
        chunk.workspace_id.to_bytes(4, "big"),
        chunk.partition.to_bytes(2, "big"),
        micros.to_bytes(8, "big", signed=True),
        chunk.events.to_bytes(4, "big"),
        chunk.payload,
    ]
