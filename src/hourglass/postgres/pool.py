"""A few connections kept for reuse.

Each is checked without a round trip before it is handed out, and a missing one is made by the thread that needs it: so
after a restart of the server the very next transaction works. One that nobody needed for a minute is closed: each holds
some megabytes at the server.
"""

from __future__ import annotations

import select
from collections.abc import Callable, Generator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

import psycopg
from psycopg.pq import TransactionStatus

from hourglass.kernel import Unavailable, monotonic

Connection = psycopg.Connection[tuple[object, ...]]
_KEPT = 60.0


class Pool:
    """At most `max_size` connections; the one used last is used next."""

    def __init__(self, connect: Callable[[], Connection], max_size: int, patience: float) -> None:
        self._connect = connect
        self._patience = patience
        self._free = BoundedSemaphore(max_size)
        self._lock = Lock()
        self._idle: list[tuple[Connection, float]] = []
        """With the moment when each was given back, the longest idle one first."""

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
        now = monotonic()
        with self._lock:
            self._idle.append((connection, now))
            longest, since = self._idle[0]
            if now - since < _KEPT:
                return
            del self._idle[0]
        longest.close()


def is_quiet(connection: Connection) -> bool:
    """Whether the server has not hung up: something to read on an idle connection is its farewell."""
    if connection.closed:
        return False
    poller = select.poll()
    poller.register(connection.fileno(), select.POLLIN | select.POLLERR | select.POLLHUP)
    return not poller.poll(0)
