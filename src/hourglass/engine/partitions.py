"""Which partitions of the log this worker works on.

Each is held by one worker at a time, so a person's events keep their order; a worker that dies gives its partitions
back by dying.
"""

from __future__ import annotations

from hourglass.kernel import Settings, monotonic
from hourglass.postgres import Transaction, connect, hold_partition

_ADOPT_AFTER = 10.0


class Partitions:
    """Holds the worker's fair share, and adopts what nobody has taken for a while."""

    def __init__(self, url: str, settings: Settings, number: int) -> None:
        self._url = url
        self._count = settings.partitions
        self._share = {p for p in range(settings.partitions) if p % settings.engine_workers == number}
        self._connection: Transaction | None = None
        self._held: set[int] = set()
        self._looked = -_ADOPT_AFTER

    def held(self) -> list[int]:
        """The partitions this worker may claim from."""
        missing = self._share - self._held
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._url)
            self._held = set()
            missing, self._looked = self._share, monotonic()
        if monotonic() - self._looked > _ADOPT_AFTER:
            missing, self._looked = set(range(self._count)) - self._held, monotonic()
        self._held |= {partition for partition in sorted(missing) if hold_partition(self._connection, partition)}
        return sorted(self._held)

    def forget(self) -> None:
        """Give everything back."""
        if self._connection is not None:
            self._connection.close()
        self._connection, self._held = None, set()
