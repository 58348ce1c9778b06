"""Being woken by PostgreSQL instead of asking again and again: one connection of a process hears for all who wait."""

from __future__ import annotations

import asyncio
import select
import socket
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from threading import Event, Lock, Thread

import psycopg
from psycopg import sql

from hourglass.kernel import Unavailable
from hourglass.postgres.pool import Connection

_RETRY = 0.5
Tell = Callable[[], None]
_Wish = tuple[str, Tell]


class Ear:
    """A thread with a connection that it renews by itself, for as long as somebody wants to hear something."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect
        self._wishes: frozenset[_Wish] = frozenset()
        self._lock = Lock()
        self._closed = False
        self._door, self._bell = socket.socketpair()
        self._thread = Thread(target=self._run, name="ear", daemon=True)
        self._thread.start()

    def hear(self, channel: str, tell: Tell) -> Tell:
        """Call `tell` whenever something was said there, or may have been missed; what comes back ends it."""
        wish = (channel, tell)
        with self._lock:
            self._wishes |= {wish}
        self._ring()
        return lambda: self._forget(wish)

    def close(self) -> None:
        """Hear nothing more."""
        self._closed = True
        self._ring()
        self._thread.join()
        self._bell.close()

    def _forget(self, wish: _Wish) -> None:
        with self._lock:
            self._wishes -= {wish}
        self._ring()

    def _ring(self) -> None:
        with suppress(OSError):  # closed already
            self._bell.send(b"!")

    def _run(self) -> None:
        with self._door:
            while not self._closed:
                if not self._wishes:
                    self._sleep(None)
                    continue
                try:
                    with closing(self._connect()) as connection:
                        self._attend(connection)
                except (psycopg.Error, Unavailable):
                    self._sleep(_RETRY)

    def _attend(self, connection: Connection) -> None:
        """Hear as long as somebody wants to; raises what the connection does when it is cut."""
        heard: frozenset[_Wish] = frozenset()
        while (wishes := self._wishes) and not self._closed:
            for channel in {channel for channel, _ in wishes - heard}:
                connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            # Who is new may have missed something; where the line was cut, all may.
            _tell(wishes - heard)
            heard = wishes
            # Read before sleeping: something may have come along with the answer to LISTEN.
            said = {one.channel for one in connection.notifies(timeout=0)}
            _tell(wish for wish in wishes if wish[0] in said)
            # psycopg's own way to wait looks ten times a second, which adds up.
            self._sleep(None, connection.fileno())

    def _sleep(self, seconds: float | None, *files: int) -> None:
        """Until the bell rings, or there is something to read."""
        poller = select.poll()
        for file in (self._door.fileno(), *files):
            poller.register(file, select.POLLIN)
        if (self._door.fileno(), select.POLLIN) in poller.poll(None if seconds is None else seconds * 1000):
            self._door.recv(4096)


def _tell(wishes: Iterable[_Wish]) -> None:
    for _, tell in wishes:
        tell()


class Listener:
    """Waits for NOTIFY on one channel."""

    def __init__(self, ear: Ear, channel: str) -> None:
        self._said = Event()
        self.close = ear.hear(channel, self._said.set)
        """Stop listening."""

    def wait(self, timeout: float) -> bool:
        """True as soon as something was said (or may have been missed), False after `timeout` seconds of silence."""
        said = self._said.wait(timeout)
        if said:  # else it may be said just now, for the next time
            self._said.clear()
        return said


class AsyncListener:
    """The same for the event loop in which it is made."""

    def __init__(self, ear: Ear, channel: str) -> None:
        self._said = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.close = ear.hear(channel, self._tell)
        """Stop listening."""

    async def wait(self, timeout: float) -> bool:
        """True as soon as something was said (or may have been missed), False after `timeout` seconds of silence."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._said.wait(), timeout)
        said = self._said.is_set()
        self._said.clear()
        return said

    def _tell(self) -> None:
        with suppress(RuntimeError):  # the loop is gone
            self._loop.call_soon_threadsafe(self._said.set)
