"""What goes on beside the tick: events go on to the lake, its files stay few, the forgotten and the stale leave."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import structlog

from hourglass import audience, lake, messages, profiles
from hourglass.engine.nightly import Nightly
from hourglass.kernel import Clock, Settings, Unavailable, monotonic
from hourglass.postgres import Database, list_workspaces

_say = structlog.get_logger(__name__)
_MAINTAIN_EVERY = 60.0
_SNAPSHOT_EVERY = 3600.0
_EXPIRE_EVERY = 600.0
_MEASURE_EVERY = 900.0
_TRAITS_EVERY = 60.0
_CATALOGUE_EVERY = 5.0
_ATTRIBUTE_EVERY = 15.0
_LATE_NEWS = timedelta(days=2)
_LATEST_NEWS = timedelta(days=30)
_LOOK_ANYWAY = 30.0


class Upkeep:
    """A thread beside the tick; a repeat after a crash writes nothing twice (see lake/flush.py)."""

    def __init__(self, database: Database, clock: Clock, settings: Settings, flushable: threading.Event) -> None:
        self._database = database
        self._root: Path = settings.data
        self._clock = clock
        self._pause = settings.flush_seconds
        self._flushable = flushable
        self._visitor_days = settings.visitor_days
        self._nightly = Nightly(database, settings.data)
        self._catalogue = audience.CatalogueWatch()
        self._attributed: datetime | None = None
        self._last: dict[str, float] = {}

    def run(self, stop: threading.Event) -> None:
        """Flush while there is something, then wait for the next tick."""
        self._flushable.set()
        self._last = dict.fromkeys(("maintain", "snapshot", "expire", "measure", "traits", "catalogue"), monotonic())
        self._last["attribute"] = 0.0
        while not stop.is_set():
            self._flushable.wait(_LOOK_ANYWAY)
            self._flushable.clear()
            self._safely(self._flush)
            self._safely(self._erase)
            self._now_and_then("maintain", _MAINTAIN_EVERY, self._maintain)
            self._now_and_then("snapshot", _SNAPSHOT_EVERY, self._snapshot)
            self._now_and_then("expire", _EXPIRE_EVERY, self._expire)
            self._now_and_then("measure", _MEASURE_EVERY, self._measure)
            self._now_and_then("traits", _TRAITS_EVERY, self._traits)
            self._now_and_then("catalogue", _CATALOGUE_EVERY, self._look_again)
            self._now_and_then("attribute", _ATTRIBUTE_EVERY, self._attribute)
            stop.wait(self._pause)
        self._nightly.stop()

    def _flush(self) -> None:
        report = lake.flush(self._database, self._root, self._clock.now())
        while report.more and report.rows:
            report = lake.flush(self._database, self._root, self._clock.now())
        if report.more:
            # Another process flushes at this moment; what it leaves is looked at in the next round.
            self._flushable.set()

    def _traits(self) -> None:
        """Computed traits, each night."""
        self._nightly.look(self._clock.now())

    def _erase(self) -> None:
        lake.erase(self._database, self._root, self._clock.now())

    def _maintain(self) -> None:
        lake.maintenance(self._database, self._root, self._clock.now())

    def _snapshot(self) -> None:
        """People, orders and messages as tables for readers outside."""
        lake.snapshot(self._database, self._root, self._clock.now())

    def _expire(self) -> None:
        """Floods of visitors do not stay: a batch at a time, in transactions of their own."""
        if not self._visitor_days:
            return
        before = self._clock.now() - timedelta(days=self._visitor_days)
        with self._database.transaction() as tx:
            workspaces = [workspace.id for workspace in list_workspaces(tx)]
        for workspace_id in workspaces:
            gone = 1
            while gone:
                with self._database.transaction() as tx:
                    gone = profiles.expire_visitors(tx, workspace_id, before)

    def _measure(self) -> None:
        """The sizes of segments, and lists held against the people they name."""
        with self._database.transaction() as tx:
            for workspace in list_workspaces(tx):
                now = self._clock.now()
                audience.mend_lists(tx, workspace.id, now)
                audience.measure_sizes(tx, workspace, now)

    def _look_again(self) -> None:
        """Who showed interest in a product that is dearer, cheaper, there or gone now."""
        with self._database.transaction() as tx:
            workspaces = list_workspaces(tx)
        for workspace in workspaces:
            with self._database.transaction() as tx:
                self._catalogue.look(tx, workspace, self._clock.now())

    def _attribute(self) -> None:
        """Orders are credited to messages; news may come late, so the last days are decided again, at first a month."""
        now = self._clock.now()
        since = now - _LATEST_NEWS if self._attributed is None else min(now, self._attributed) - _LATE_NEWS
        with self._database.transaction() as tx:
            for workspace in list_workspaces(tx):
                messages.attribute(tx, workspace, since, now)
        self._attributed = now

    def _now_and_then(self, what: str, every: float, work: Callable[[], None]) -> None:
        if monotonic() - self._last[what] > every:
            self._last[what] = monotonic()
            self._safely(work)

    def _safely(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Unavailable as error:
            _say.warning("lake_waits_for_postgres", reason=error.sentence)
        except Exception:  # noqa: BLE001 - what is not flushed stays in the queue and is tried again
            _say.exception("lake_failed")
