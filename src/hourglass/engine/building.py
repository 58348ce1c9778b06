"""Beside the tick: segments that are new or changed are built as soon as they are saved.

A small history is read right here, in a moment. A large one is read by a process of its own, which goes after
everything else, keeps to one core and gives its memory back; when the engine goes, even by SIGKILL, it goes with it.
"""

from __future__ import annotations

import threading
from pathlib import Path

import structlog

from hourglass import lake
from hourglass.audience import build
from hourglass.engine.beside import start_beside
from hourglass.kernel import Clock, Unavailable, Workspace, monotonic
from hourglass.postgres import Database, list_workspaces

_say = structlog.get_logger(__name__)
_LOOK_ANYWAY = 15.0
_GLANCE = 1.0
_SMALL = 32 * 2**20
"""Bytes of the lake that are read in the engine's own process."""


class Building:
    """A thread of the engine. Several engines do not disturb each other: one of them builds."""

    def __init__(self, database: Database, clock: Clock, data: Path, *, small: int = _SMALL) -> None:
        self._small = small
        self._database = database
        self._clock = clock
        self._data = data

    def run(self, stop: threading.Event) -> None:
        """Look whenever definitions change, and now and then."""
        listener = self._database.listen("hourglass_definitions")
        looked = -_LOOK_ANYWAY
        while not stop.is_set():
            if listener.wait(_GLANCE) or monotonic() - looked > _LOOK_ANYWAY:
                looked = monotonic()
                self._safely(stop)
        listener.close()

    def _safely(self, stop: threading.Event) -> None:
        try:
            with self._database.transaction() as tx:
                workspaces = list_workspaces(tx)
            for workspace in workspaces:
                self._build(workspace, stop)
        except Unavailable as error:
            _say.warning("segments_wait_for_postgres", reason=error.sentence)
        except Exception:  # noqa: BLE001 - the note says what went wrong, and it is tried again later
            _say.exception("segments_not_built")

    def _build(self, workspace: Workspace, stop: threading.Event) -> None:
        if not build.anything_to_build(self._database, workspace, self._clock.now()):
            return
        if sum(file.size for file in lake.look(self._database, self._data).files) < self._small:
            build.build(self._database, self._data, workspace, self._clock.now, stop.is_set)
        else:
            self._elsewhere(workspace, stop)

    def _elsewhere(self, workspace: Workspace, stop: threading.Event) -> None:
        now, pace = self._clock.now(), self._clock.pace()
        process = start_beside("hourglass.audience.build", self._database.url, self._data, workspace, now, pace)
        with process:
            while process.poll() is None and not stop.wait(_GLANCE / 10):
                pass
            process.kill()
        if process.returncode and not stop.is_set():
            _say.warning("segments_not_built", status=process.returncode)
