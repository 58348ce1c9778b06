"""An effect that a step asked for in this tick, and the same one ready to be done."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from hourglass.journeys.steps import Effect, Run


class Pending(Struct, frozen=True, kw_only=True):
    """Who asked for what, at which step. `visit`: the step, and in a loop which time; `place`: of its note.

    `until`: how long the run waits for it.
    """

    run: Run
    step: str
    visit: str
    journey: str
    effect: Effect
    place: int
    until: datetime | None = None


class Ready(Struct, frozen=True, kw_only=True):
    """An effect with its content filled in."""

    pending: Pending
    content: Any

    @property
    def mark(self) -> str:
        """Its name for ever: the same when the same tick is carried out again."""
        return f"{self.pending.run.id}-{self.pending.visit}"


class NotDone(Struct, frozen=True, kw_only=True):
    """Why an effect was left out: a code for reports, a sentence for a person."""

    place: int
    reason: str
    detail: str
