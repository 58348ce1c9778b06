"""A few connections kept for reuse.

Each is checked without a round trip before it is handed out, and a missing one is made by the thread that needs it: so
after a restart of the server the very next transaction works. One that nobody needed for a minute is closed: each holds
some megabytes at the server.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock, Timer

import psycopg
from psycopg.pq import TransactionStatus

from hourglass.kernel import Unavailable, monotonic

Connection = psycopg.Connection[tuple[object, ...]]
_KEPT = 60.0


class Pool:
    """At most `max_size` connections; the one used last is used next."""

    def __init__(
        self, connect: Callable[[], Connection], max_size: int, patience: float, *, kept: float = _KEPT
    ) -> None:
        self._connect = connect
        self._patience = patience
        self._kept = kept
        self._free = BoundedSemaphore(max_size)
        self._lock = Lock()
        self._idle: list[tuple[Connection, float]] = []
        """With the moment when each was given back, the longest idle one first."""
        self._tidying: Timer | None = None

    @contextmanager
    def connection(self) -> Generator[Connection]:
        """Borrow a living connection; raises Unavailable when all stay busy."""
        if not self._free.acquire(timeout=self._patience):
            raise Unavailable("All connections to the database are busy.")
        try:
            connection = self._take() or self._connect()
            try:
                yield connection
            finally:
                self._give_back(connection)
        finally:
            self._free.release()

    def close(self) -> None:
        """Close what is idle; the pool opens again when used."""
        with self._lock:
            idle, self._idle = self._idle, []
            if self._tidying is not None:
                self._tidying.cancel()
                self._tidying = None
        for connection, _ in idle:
            connection.close()

    def _take(self) -> Connection | None:
        while True:
            with self._lock:
                if not self._idle:
                    return None
                connection, _ = self._idle.pop()
            if is_quiet(connection):
                return connection
            connection.close()

    def _give_back(self, connection: Connection) -> None:
        if connection.closed or connection.info.transaction_status != TransactionStatus.IDLE:
            connection.close()
            return
        with self._lock:
            self._idle.append((connection, monotonic()))
            if self._tidying is None:
                self._tidy_in(self._kept)

    def _tidy_in(self, seconds: float) -> None:
        self._tidying = Timer(seconds, self._tidy)
        self._tidying.daemon = True
        self._tidying.start()

    def _tidy(self) -> None:
        """Close what nobody needed for long; as long as something is left, look again when its time is up."""
        with self._lock:
            now = monotonic()
            old = [connection for connection, since in self._idle if now - since >= self._kept]
            del self._idle[: len(old)]
            self._tidying = None
            if self._idle:
                self._tidy_in(self._kept - (now - self._idle[0][1]))
        for connection in old:
            connection.close()


def is_quiet(connection: Connection) -> bool:
    """Whether the server has not hung up: something to read on an idle connection is its farewell."""
    if connection.closed:
        return False
    poller = select.poll()
    poller.register(connection.fileno(), select.POLLIN | select.POLLERR | select.POLLHUP)
    return not poller.poll(0)
