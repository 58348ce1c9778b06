"""What the first pages ask for: the shop right now, and health."""

from __future__ import annotations

from typing import Any

from litestar import Controller, get
from litestar.di import NamedDependency as Given

from hourglass import log
from hourglass.kernel import Clock, Workspace
from hourglass.postgres import Transaction
from hourglass.web.admin.live import Live, lag, live


class LiveController(Controller):
    """`/api/live`."""

    path = "/api/live"
    tags = ("live",)

    @get("/", sync_to_thread=True)
    def now(self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock]) -> Live:
        """The shop right now."""
        return live(tx, workspace, clock)


@get("/health", sync_to_thread=True, tags=["health"])
def health(tx: Given[Transaction], clock: Given[Clock]) -> dict[str, Any]:
    """Status, and how far processing is behind what was accepted."""
    backlog = log.backlog(tx)
    return {
        "status": "ok",
        "lag_seconds": lag(backlog.oldest, clock),
        "backlog": backlog.events + backlog.unflushed,
    }
