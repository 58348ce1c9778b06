"""Which database errors mean "come back later", and which are our own mistakes."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import psycopg

from hourglass.kernel import Unavailable

# Connection lost, out of disk, memory or connections, shutting down, I/O error (PostgreSQL's SQLSTATE classes).
_AWAY = ("08", "53", "58", "57P")


@contextmanager
def outage_as_unavailable() -> Generator[None]:
    """Raise Unavailable where PostgreSQL is away, full or going down; other errors pass."""
    try:
        yield
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        if not is_outage(error):
            raise
        raise Unavailable(f"The database is not available right now: {error}".strip()) from error


def is_outage(error: psycopg.Error) -> bool:
    """Without a SQLSTATE the connection itself failed; a deadlock or a cancelled query is no outage."""
    return error.sqlstate is None or error.sqlstate.startswith(_AWAY)
