"""The unit of work: one transaction on one connection, committed at its end."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from threading import Lock
from typing import Any

import msgspec
import psycopg
from psycopg.types.json import set_json_dumps, set_json_loads

from hourglass.postgres.notify import AsyncListener, Ear, Listener
from hourglass.postgres.outage import outage_as_unavailable
from hourglass.postgres.pool import Pool

Transaction = psycopg.Connection[tuple[Any, ...]]
"""A connection inside a transaction. Nobody commits it but the unit of work that opened it."""

_OPTIONS: dict[str, Any] = {
    "connect_timeout": 5,
    "application_name": "hourglass",
    # What a killed process asked for goes on for a second at most: others may wait for what it holds.
    "options": "-c timezone=UTC -c client_connection_check_interval=1s",
    "keepalives_idle": 30,
}


class Database:
    """A PostgreSQL by its URL, with a small pool that opens when first needed and mends itself."""

    def __init__(self, url: str, *, max_size: int = 4, patience: float = 5.0) -> None:
        self.url = url
        self._pool = Pool(lambda: connect(url), max_size, patience)
        self._lock = Lock()
        self._ear: Ear | None = None

    @contextmanager
    def transaction(self) -> Generator[Transaction]:
        """BEGIN .. COMMIT, ROLLBACK on an exception; raises Unavailable when PostgreSQL is away."""
        with outage_as_unavailable(), self._pool.connection() as connection, connection.transaction():
            yield connection

    def listen(self, channel: str) -> Listener:
        """Wait for NOTIFY on a channel, in a thread; all that listen here share one connection."""
        return Listener(self._open_ear(), channel)

    def listen_async(self, channel: str) -> AsyncListener:
        """The same in the running event loop."""
        return AsyncListener(self._open_ear(), channel)

    def close(self) -> None:
        """Close the idle connections, and listen no more."""
        with self._lock:
            ear, self._ear = self._ear, None
        if ear is not None:
            ear.close()
        self._pool.close()

    def _open_ear(self) -> Ear:
        with self._lock:
            self._ear = self._ear or Ear(lambda: connect(self.url))
            return self._ear


def connect(url: str, *, autocommit: bool = True) -> Transaction:
    """A connection of one's own, for what must outlive a transaction; raises Unavailable."""
    with outage_as_unavailable():
        connection = psycopg.connect(url, autocommit=autocommit, **_OPTIONS)
    _speak_json(connection)
    return connection


async def async_connect(url: str, *, autocommit: bool = True) -> psycopg.AsyncConnection[tuple[Any, ...]]:
    """The same for the event loop of the hot path; raises Unavailable."""
    with outage_as_unavailable():
        connection = await psycopg.AsyncConnection.connect(url, autocommit=autocommit, **_OPTIONS)
    _speak_json(connection)
    return connection


def _speak_json(connection: psycopg.Connection[Any] | psycopg.AsyncConnection[Any]) -> None:
    set_json_loads(msgspec.json.decode, connection)
    set_json_dumps(msgspec.json.encode, connection)
