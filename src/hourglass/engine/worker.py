"""The engine role: claims batches, ticks, flushes to the lake; sleeps until something happens or falls due."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

import psycopg
import structlog

from hourglass import log
from hourglass.engine.isolate import process_singly
from hourglass.engine.partitions import Partitions
from hourglass.engine.tick import Engine, TickReport
from hourglass.kernel import Clock, Settings, Unavailable, Workspace, WorkspaceId
from hourglass.postgres import Database, Transaction, list_workspaces, plan_by_index

_say = structlog.get_logger(__name__)
_REST = 5.0
_REST_IN_A_HURRY = 0.1
_SHORTEST = 0.005
_HELD_UP = 0.05
"""Between two looks while something is due, and time waits for what another worker has not read yet."""
_AGAIN, _AGAIN_AFTER = 3, 0.5


class EngineWorker:
    """One engine process. Several share the work by partitions of the log."""

    def __init__(self, database: Database, clock: Clock, settings: Settings, number: int = 0) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._engine = Engine(number, settings.partitions)
        self._partitions = Partitions(database.url, settings, number)
        self._workspaces: dict[WorkspaceId, Workspace] = {}
        self._held_up = False
        self.flushable = threading.Event()
        """Set when the lake has something to take."""

    def run(self, stop: threading.Event) -> None:
        """Work until told to stop; an outage of PostgreSQL is waited out."""
        listener = self._database.listen("hourglass_log")
        threading.Thread(target=self._rouse, args=(stop,), daemon=True, name="rouse").start()
        while not stop.is_set():
            try:
                report = self.once()
                if report.idle:
                    listener.wait(self._pause())
            except Unavailable as error:
                _say.warning("engine_waits_for_postgres", reason=error.sentence)
                self._begin_anew(stop)
            except Exception:  # noqa: BLE001 - the note says what went wrong; a worker that is gone would help nobody
                _say.exception("engine_tries_again")
                self._begin_anew(stop)
        listener.close()
        self.close()

    def close(self) -> None:
        """Give the partitions back."""
        self._partitions.forget()

    def once(self) -> TickReport:
        """One tick over all workspaces; a batch that cannot be processed whole is taken apart."""
        try:
            return _again(self._batch)
        except Unavailable:
            raise
        except Exception:  # noqa: BLE001 - whatever one event breaks, the log goes on
            _say.exception("tick_failed")
        return _again(self._singly)

    def _begin_anew(self, stop: threading.Event) -> None:
        self._partitions.forget()
        stop.wait(_AGAIN_AFTER)

    def _rouse(self, stop: threading.Event) -> None:
        """Asked to stop, the worker does not sleep on."""
        stop.wait()
        with suppress(Unavailable), self._database.transaction() as tx:
            log.wake(tx)

    def _batch(self) -> TickReport:
        held = self._partitions.held()
        total = TickReport()
        with self._database.transaction() as tx:
            plan_by_index(tx)
            now = self._clock.now()
            chunks = log.claim(tx, held, self._settings.tick_events, self._settings.partitions)
            due = _due(tx, now)
            for workspace in self._all(tx, chunks):
                mine = [chunk for chunk in chunks if chunk.workspace_id == workspace.id]
                total = total.plus(self._engine.tick(tx, workspace, mine, now, due=due))
        if total.events:
            self.flushable.set()
        self._held_up = due < now
        return total

    def _singly(self) -> TickReport:
        held, of = self._partitions.held(), self._settings.partitions
        return process_singly(self._database, self._engine, held, of, self._workspace, self._clock)

    def _all(self, tx: Transaction, chunks: list[log.Chunk]) -> list[Workspace]:
        """Every workspace: time passes in those without events too."""
        unknown = {chunk.workspace_id for chunk in chunks} - self._workspaces.keys()
        if unknown or not self._workspaces or not chunks:
            self._workspaces = {workspace.id: workspace for workspace in list_workspaces(tx)}
        return list(self._workspaces.values())

    def _workspace(self, tx: Transaction, workspace_id: WorkspaceId) -> Workspace:
        found = {workspace.id: workspace for workspace in self._all(tx, [])}
        return found[workspace_id]

    def _pause(self) -> float:
        """Seconds until something falls due; a demo clock runs fast, so there it is looked at more often."""
        with self._database.transaction() as tx:
            moments = [self._engine.next_due(tx, workspace) for workspace in self._workspaces.values()]
        due: datetime | None = min((moment for moment in moments if moment), default=None)
        rest = _REST if self._clock.pace() == 1 else _REST_IN_A_HURRY
        if due is None:
            return rest
        shortest = _HELD_UP if self._held_up else _SHORTEST
        return min(rest, max(shortest, (due - self._clock.now()) / timedelta(seconds=1) / self._clock.pace()))


def _due(tx: Transaction, now: datetime) -> datetime:
    """Time passes no further than the log is read, by anybody: what stands in it may end what falls due."""
    left = log.oldest(tx)
    return now if left is None else min(now, left)


def _again(work: Callable[[], TickReport]) -> TickReport:
    """The last of a few attempts may fail; those before it are repeated when others were in the way."""
    for attempt in range(_AGAIN - 1):
        try:
            return work()
        except (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure):
            _say.info("tick_again", attempt=attempt)
    return work()
