"""Hands what the ticks processed on to the lake, and keeps its files few."""

from __future__ import annotations

import threading
from pathlib import Path

import structlog

from hourglass import lake
from hourglass.kernel import Clock, Settings, Unavailable, monotonic
from hourglass.postgres import Database

_say = structlog.get_logger(__name__)
_MAINTAIN_EVERY = 600.0
_LOOK_ANYWAY = 30.0


class Flusher:
    """A thread beside the tick; a repeat after a crash writes nothing twice (see lake/flush.py)."""

    def __init__(self, database: Database, clock: Clock, settings: Settings, flushable: threading.Event) -> None:
        self._database = database
        self._root: Path = settings.data
        self._clock = clock
        self._pause = settings.flush_seconds
        self._flushable = flushable
        self._maintained = monotonic()

    def run(self, stop: threading.Event) -> None:
        """Flush while there is something, then wait for the next tick."""
        self._flushable.set()
        while not stop.is_set():
            self._flushable.wait(_LOOK_ANYWAY)
            self._flushable.clear()
            self._safely(self._flush)
            if monotonic() - self._maintained > _MAINTAIN_EVERY:
                self._maintained = monotonic()
                self._safely(self._maintain)
            stop.wait(self._pause)

    def _flush(self) -> None:
        while lake.flush(self._database, self._root, self._clock.now()).rows:
            pass

    def _maintain(self) -> None:
        lake.maintenance(self._database, self._root, self._clock.now())

    def _safely(self, work: object) -> None:
        assert callable(work)
        try:
            work()
        except Unavailable as error:
            _say.warning("lake_waits_for_postgres", reason=error.sentence)
        except Exception:  # noqa: BLE001 - what is not flushed stays in the queue and is tried again
            _say.exception("lake_failed")
