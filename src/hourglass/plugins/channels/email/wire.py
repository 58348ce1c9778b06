"""The octets of SMTP: lines out, replies in, several commands in one packet (RFC 2920)."""

from __future__ import annotations

import asyncio
from typing import cast

from msgspec import Struct

_LIMIT = 64 * 1024
_SMALL = 64 * 1024
_DOT = b".\r\n"


class Reply(Struct, frozen=True):
    """One answer of the server: its code and its sentence."""

    code: int
    text: str

    @property
    def fine(self) -> bool:
        """Whether the server agreed (2xx, 3xx)."""
        return 200 <= self.code < 400


class Disconnected(Exception):
    """The connection is gone, or cannot be trusted any more."""


class Unfinished(Disconnected):
    """It went before the final dot of a mail was written: nobody can have taken that mail."""


class Wire(asyncio.Protocol):
    """Takes over a connection that is open, greeted, encrypted and logged in."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._tail = b""
        self._text: list[str] = []
        self._replies: list[Reply] = []
        self._wanted = 0
        self._waiter: asyncio.Future[None] | None = None
        self._lost = transport.is_closing()
        self._full = False
        self._stirred = asyncio.Event()
        transport.set_write_buffer_limits(high=0)
        transport.set_protocol(self)

    @property
    def open(self) -> bool:
        """Whether the server is still there, as far as we have heard."""
        return not (self._lost or self._transport.is_closing())

    async def exchange(self, octets: bytes, replies: int, timeout: float) -> list[Reply]:
        """Write and wait for so many replies. Raises Disconnected, or TimeoutError after `timeout` seconds."""
        waiter = self._expect(replies)
        self._transport.write(octets)
        return await self._answers(waiter, timeout)

    async def hand_over(self, content: bytes, timeout: float) -> Reply:
        """Write a mail (dots doubled, ending with CRLF) and its final dot; the answer to it.

        Raises Unfinished or, from the dot on, Disconnected or TimeoutError.
        """
        waiter = self._expect(1)
        if len(content) < _SMALL:
            self._transport.write(content + _DOT)
        else:
            self._transport.write(content)
            await self._drained(waiter, timeout)
            if waiter.done():
                return await self._interrupted(waiter, timeout)
            self._transport.write(_DOT)
        [reply] = await self._answers(waiter, timeout)
        return reply

    def close(self) -> None:
        """Say good-bye without waiting for the answer."""
        if self.open:
            self._transport.write(b"QUIT\r\n")
        self._transport.close()

    def abort(self) -> None:
        """Hang up."""
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        *lines, self._tail = (self._tail + data).split(b"\n")
        for line in lines:
            self._take(line)
        if self._waiter is None or len(self._replies) > self._wanted or len(self._tail) > _LIMIT:
            self._lose("The server said something nobody asked for.")
        elif len(self._replies) == self._wanted and not self._waiter.done():
            self._waiter.set_result(None)
            self._stirred.set()

    def pause_writing(self) -> None:
        self._full = True

    def resume_writing(self) -> None:
        self._full = False
        self._stirred.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self._lose(str(exc) if exc else "The server closed the connection.")

    def _lose(self, why: str) -> None:
        """An unasked 421 on an idle connection, an answer too many: what follows could be mistaken for a reply."""
        self._lost = True
        self._transport.abort()
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(Disconnected(why))
        self._stirred.set()

    def _expect(self, replies: int) -> asyncio.Future[None]:
        if not self.open:
            raise Unfinished("The server closed the connection.")
        self._wanted = replies
        self._waiter = asyncio.get_running_loop().create_future()
        return self._waiter

    async def _answers(self, waiter: asyncio.Future[None], timeout: float) -> list[Reply]:
        late = asyncio.get_running_loop().call_later(timeout, _give_up, waiter)
        try:
            await waiter
        finally:
            late.cancel()
            self._waiter = None
        answered, self._replies = self._replies, []
        return answered

    async def _interrupted(self, waiter: asyncio.Future[None], timeout: float) -> Reply:
        """The server spoke up in the middle of a mail: a refusal stands, anything else means nothing."""
        [reply] = await self._answers(waiter, timeout)
        self.abort()
        if reply.fine:
            raise Unfinished("The server said something nobody asked for.")
        return reply

    async def _drained(self, waiter: asyncio.Future[None], timeout: float) -> None:
        """Until the system has taken every octet, or the server spoke up before the end."""
        try:
            async with asyncio.timeout(timeout):
                while self._full and not waiter.done():
                    self._stirred.clear()
                    await self._stirred.wait()
        except TimeoutError as error:
            raise Unfinished("The server stopped reading in the middle of the mail.") from error
        if waiter.done() and waiter.exception() is not None:
            raise Unfinished(str(waiter.exception()))

    def _take(self, line: bytes) -> None:
        words = line[4:].decode("utf-8", "replace").strip()
        if line[3:4] == b"-":
            self._text.append(words)
            return
        code = int(line[:3]) if line[:3].isdigit() else 500
        self._replies.append(Reply(code, " ".join([*self._text, words])[:500]))
        self._text.clear()


def _give_up(waiter: asyncio.Future[None]) -> None:
    """As `asyncio.timeout`, at a third of its price: there are two for every mail."""
    if not waiter.done():
        waiter.set_exception(TimeoutError())


def wire_on(transport: asyncio.BaseTransport | None) -> Wire:
    """A wire on the transport that a library opened."""
    if transport is None:
        raise Disconnected("The server closed the connection.")
    return Wire(cast("asyncio.Transport", transport))
