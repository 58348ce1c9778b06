"""Over HTTP: a journey, saved or not, held against live data."""

from __future__ import annotations

from typing import Any

from litestar import Controller, post
from litestar.di import NamedDependency as Given
from litestar.params import JSONBody

from hourglass.backtest.check.check import Checked, check
from hourglass.definitions import Kinds
from hourglass.kernel import Clock, Permission, Workspace
from hourglass.postgres import Transaction


class JourneyCheckController(Controller):
    """`/api/journeys/check`."""

    path = "/api/journeys"
    tags = ("journeys",)

    @post("/check", needs=Permission.LOOK, status_code=200, sync_to_thread=True)
    def check(
        self,
        tx: Given[Transaction],
        workspace: Given[Workspace],
        kinds: Given[Kinds],
        clock: Given[Clock],
        data: JSONBody[dict[str, Any]],
    ) -> Checked:
        """A journey, saved or not, held against live data: a to-do list with places, what matters most first."""
        return check(tx, workspace, {"kind": "journey", **data}, kinds=kinds, now=clock.now())
