"""Waits until the engine has processed what is in the log."""

from __future__ import annotations

import time

from hourglass.demo.say import Say
from hourglass.log import backlog
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
