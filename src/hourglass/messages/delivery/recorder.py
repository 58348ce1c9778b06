"""Writes outcomes down as soon as the ones before are written: one when little happens, hundreds at once in a rush."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import psycopg
import structlog

from hourglass.kernel import Unavailable
from hourglass.messages.delivery.outcome import Resolved

_say = structlog.get_logger(__name__)
_MOST = 1000
_PAUSE = 0.25
_GATHER, _GATHER_IN_A_RUSH = 0.02, 0.1
_RUSH = 8  # outcomes since the last commit
PASSING = (Unavailable, psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
"""Trouble that goes away by itself."""


class Recorder:
    """`write` runs in a thread and commits; `written` hears of it afterwards."""

    def __init__(
        self, write: Callable[[Sequence[Resolved]], None], written: Callable[[Sequence[Resolved]], None]
    ) -> None:
        self._write = write
        self._written = written
        self._waiting: list[Resolved] = []
        self._some = asyncio.Event()
        self._calm = asyncio.Event()
        self._calm.set()

    def put(self, resolved: Resolved) -> None:
        """To be written down soon."""
        self._waiting.append(resolved)
        self._some.set()
        self._calm.clear()

    async def settled(self, timeout: float) -> None:
        """Wait until everything is written, but not for ever."""
        try:
            await asyncio.wait_for(self._calm.wait(), timeout)
        except TimeoutError:
            _say.warning("outcomes_not_recorded", outcomes=len(self._waiting))

    async def run(self) -> None:
        """Work until cancelled; an outage of PostgreSQL is waited out, nothing is lost meanwhile."""
        while True:
            await self._some.wait()
            batch, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
            await self._until_written(batch)
            self._written(batch)
            if not self._waiting:
                self._some.clear()
                self._calm.set()
            if len(batch) > 1:  # in a rush, a bigger batch is cheaper for everybody
                await asyncio.sleep(_GATHER if len(batch) < _RUSH else _GATHER_IN_A_RUSH)

    async def _until_written(self, batch: list[Resolved]) -> None:
        while True:
            try:
                await asyncio.to_thread(self._write, batch)
            except PASSING as error:
                _say.warning("outcomes_wait", outcomes=len(batch), reason=str(error))
                await asyncio.sleep(_PAUSE)
            else:
                return
