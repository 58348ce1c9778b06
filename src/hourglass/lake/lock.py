"""Who may write to the lake right now: one process at a time for each kind of work, whatever machine it runs on."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, suppress
from enum import IntEnum

import psycopg

from hourglass.kernel import Unavailable
from hourglass.lake import store
from hourglass.postgres import Database, Transaction, connect


class Lock(IntEnum):
    """Kinds of work; an append and a compaction do not disturb each other, two of a kind would."""

    APPEND = 1
    REWRITE = 2


@contextmanager
def holding(database: Database, lock: Lock) -> Generator[Transaction | None]:
    """A connection of our own that has the lock, or None when somebody else has it.

    Who has lost the connection has lost the lock, and finds out with the next statement: so what is done over this
    very connection is done under the lock.
    """
    with _own_connection(database) as connection:
        yield connection if store.try_lock(connection, lock) else None


@contextmanager
def waiting_for(database: Database, *locks: Lock, seconds: float = 60.0) -> Generator[Transaction]:
    """The same, waiting for its turn; raises Unavailable when that takes too long."""
    with _own_connection(database) as connection:
        for lock in sorted(locks, reverse=True):
            store.wait_for_lock(connection, lock, int(seconds * 1000))
        yield connection


@contextmanager
def _own_connection(database: Database) -> Generator[Transaction]:
    connection = connect(database.url)
    try:
        yield connection
    except psycopg.errors.LockNotAvailable as error:
        raise Unavailable("Somebody else has been writing to the lake for too long; try again.") from error
    except (psycopg.OperationalError, psycopg.InterfaceError) as error:
        raise Unavailable(f"The database went away while the lake was written: {error}".strip()) from error
    finally:
        # Said aloud, because the server notices only a moment later that a connection was closed.
        with suppress(psycopg.Error):
            store.release_locks(connection)
        connection.close()
