"""Which partitions of the log this worker works on.

Each is held by one worker at a time, so a person's events keep their order. A worker that dies gives its partitions
back by dying: another adopts them, and lets them go when a worker whose share they are is there again.
"""

from __future__ import annotations

from contextlib import suppress

import psycopg

from hourglass.kernel import Settings, Unavailable, monotonic
from hourglass.postgres import Transaction, connect, hold_partition, release_partition

_ADOPT_AFTER = 10.0


class Partitions:
    """Holds the worker's fair share, and adopts what nobody has taken for a while."""

    def __init__(self, url: str, settings: Settings, number: int) -> None:
        self._url = url
        self._count = settings.partitions
        self._workers = settings.engine_workers
        self._number = number
        self._share = set(self._share_of(number))
        self._connection: Transaction | None = None
        self._held: set[int] = set()
        self._present = False
        self._looked = -_ADOPT_AFTER

    def held(self) -> list[int]:
        """The partitions this worker may claim from."""
        missing = self._share - self._held
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._url)
            self._held, self._present = set(), False
            missing, self._looked = self._share, monotonic()
        # Another worker that looks whether this one is there holds its presence for that moment.
        self._present = self._present or hold_partition(self._connection, self._presence(self._number))
        if monotonic() - self._looked > _ADOPT_AFTER:
            lent = self._lent(self._connection)
            for partition in self._held & lent:
                release_partition(self._connection, partition)
            self._held -= lent
            missing, self._looked = set(range(self._count)) - self._held - lent, monotonic()
        self._held |= {partition for partition in sorted(missing) if hold_partition(self._connection, partition)}
        return sorted(self._held)

    def forget(self) -> None:
        """Give everything back."""
        if self._connection is not None:
            with suppress(psycopg.Error, Unavailable):
                # A connection that is merely closed gives them back a moment later.
                for partition in (*self._held, self._presence(self._number)):
                    release_partition(self._connection, partition)
            self._connection.close()
        self._connection, self._held, self._present = None, set(), False

    def _lent(self, connection: Transaction) -> set[int]:
        """Partitions whose own worker is there to take them."""
        lent: set[int] = set()
        for number in set(range(self._workers)) - {self._number}:
            if hold_partition(connection, self._presence(number)):
                release_partition(connection, self._presence(number))
            else:
                lent |= set(self._share_of(number))
        return lent

    def _share_of(self, number: int) -> range:
        return range(number, self._count, self._workers)

    def _presence(self, number: int) -> int:
        """The lock that says “I am here” lies behind those of the partitions."""
        return self._count + number
