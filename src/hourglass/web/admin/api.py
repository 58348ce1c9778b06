"""What the first pages ask for: the shop right now, and health."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from litestar import Controller, get

from hourglass import log
from hourglass.kernel import Clock, Workspace
from hourglass.postgres import Transaction
from hourglass.web.admin.live import Live, live


class LiveController(Controller):
    """`/api/live`."""

    path = "/api/live"
    tags = ("live",)

    @get("/", sync_to_thread=True)
    def now(self, tx: Transaction, workspace: Workspace, clock: Clock) -> Live:
        """The shop right now."""
        return live(tx, workspace, clock.now())


@get("/health", sync_to_thread=True, tags=["health"])
def health(tx: Transaction, clock: Clock) -> dict[str, Any]:
    """Status, and how far processing is behind what was accepted."""
    backlog = log.backlog(tx)
    return {
        "status": "ok",
        "lag_seconds": lag(backlog.oldest, clock.now()),
        "backlog": backlog.events + backlog.unflushed,
    }


def lag(oldest: datetime | None, now: datetime) -> float:
    """Seconds since the oldest event that is not processed was accepted."""
    return 0.0 if oldest is None else round(max(0.0, (now - oldest).total_seconds()), 3)
