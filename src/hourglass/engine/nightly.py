"""Starts what each night brings, in a process of its own: the engine stays small, its work goes first."""

from __future__ import annotations

import subprocess
from datetime import datetime
from pathlib import Path

import structlog

from hourglass import log
from hourglass.audience import computed
from hourglass.engine.beside import start_beside
from hourglass.kernel import Workspace, monotonic
from hourglass.postgres import Database, list_workspaces

_say = structlog.get_logger(__name__)
_PAUSE = 600.0
"""Between two runs, whatever a demo clock says."""


class Nightly:
    """One run at a time. When the engine goes, even by SIGKILL, the run goes with it."""

    def __init__(self, database: Database, data: Path) -> None:
        self._database = database
        self._data = data
        self._process: subprocess.Popen[bytes] | None = None
        self._started: float | None = None

    def look(self, now: datetime) -> None:
        """Start the run of a workspace whose night is not done."""
        if self._running() or (self._started is not None and monotonic() - self._started < _PAUSE):
            return
        workspace = self._due(now)
        if workspace is not None:
            self._start(workspace, now)

    def stop(self) -> None:
        """End what is under way; the next night brings it."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def _running(self) -> bool:
        if self._process is None:
            return False
        status = self._process.poll()
        if status is None:
            return True
        if status:
            _say.warning("night_failed", status=status)
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process = None
        return False

    def _due(self, now: datetime) -> Workspace | None:
        """Nothing is due while the log is being read: what waits there belongs to the past, too."""
        with self._database.transaction() as tx:
            if log.backlog(tx).events:
                return None
            return next((one for one in list_workspaces(tx) if computed.is_due(tx, one, now)), None)

    def _start(self, workspace: Workspace, now: datetime) -> None:
        self._started = monotonic()
        self._process = start_beside("hourglass.audience.night", self._database.url, self._data, workspace, now)
