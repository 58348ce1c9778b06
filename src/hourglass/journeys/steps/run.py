"""One person's way through one journey, as steps see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from hourglass.kernel import ProfileId, RunId


class Run(Struct, kw_only=True):
    """One person's way through one journey. `moment` is when the present step began, by the run's own reckoning."""

    id: RunId
    journey_id: int
    version: int
    profile_id: ProfileId
    correlation: str
    step: str
    moment: datetime
    entered_at: datetime
    entry_seq: int
    entry: dict[str, Any]
    """The facts of the run: what let it in, `steps` with what it learnt on its way, `flow` with how far it came."""
    waiting: bool = True
    """False when it is over and only its messages are still on their way."""
    exited: bool = False
    """Whether it has left already: its messages can be taken back, its end stays what it was."""
    woken: bool = False
    """Whether its wait on the present step is over, and the step is asked what comes now."""
    began: datetime | None = None
    """The moment as it was before an engine that came late moved it."""

    @property
    def visit(self) -> str:
        """The present step, and in a loop which time it is: `steps[1]`, then `steps[1]#2`."""
        times = self.entry.get("flow", {}).get("visits", {}).get(self.step, 1)
        return self.step if times == 1 else f"{self.step}#{times}"
