"""Waits until the engine has processed what is in the log."""

from __future__ import annotations

import time

from hourglass.demo.say import Say
from hourglass.kernel import WorkspaceId
from hourglass.log import backlog, letters
from hourglass.postgres import Database

_GLANCE = 0.2


def settle(database: Database, say: Say, title: str) -> None:
    """Return once nothing waits in the log any more; the bar shows how much is left."""
    total = waiting = _waiting(database)
    if not total:
        return
    with say.bar(title, 0) as report:
        while waiting:
            total = max(total, waiting)
            report(total - waiting, total)
            time.sleep(_GLANCE)
            waiting = _waiting(database)
        report(total, total)


def _waiting(database: Database) -> int:
    with database.transaction() as tx:
        return backlog(tx).events


def what_failed(database: Database, workspace_id: WorkspaceId) -> str | None:
    """A sentence about events that could not be processed, with the newest reason; None when all is well."""
    with database.transaction() as tx:
        newest = letters(tx, workspace_id, limit=1)
    if not newest:
        return None
    return f"Not every event could be processed; they wait as dead letters on the admin page. {newest[0].detail}"
