"""The thread that looks for occasions, as long as the engine runs."""

from __future__ import annotations

import threading

import structlog

from hourglass.journeys.entries.sweep import Sweep
from hourglass.kernel import Clock, Unavailable
from hourglass.postgres import Database, list_workspaces

_say = structlog.get_logger(__name__)
_GLANCE, _GLANCE_AT_REST = 1.0, 5.0


class Entries:
    """A thread of the engine. Several do not disturb each other: an occasion belongs to who claims it."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._sweep = Sweep()

    def run(self, stop: threading.Event) -> None:
        """Look every second while a journey waits for an occasion, and at once when definitions change."""
        listener = self._database.listen("hourglass_definitions")
        while not stop.is_set():
            self._safely()
            listener.wait(_GLANCE if self._sweep.waiting else _GLANCE_AT_REST)
        listener.close()

    def _safely(self) -> None:
        try:
            with self._database.transaction() as tx:
                workspaces = list_workspaces(tx)
            for one in workspaces:
                self._sweep.look(self._database, one, self._clock.now())
        except Unavailable as error:
            _say.warning("entries_wait_for_postgres", reason=error.sentence)
        except Exception:  # noqa: BLE001 - the note says what went wrong, and it is tried again
            _say.exception("entries_not_looked_for")
