"""What steps share that wait to hear something: a way for those who heard it, and one for those who did not in time."""

from __future__ import annotations

from collections.abc import Sequence

from hourglass.journeys.steps.asked import Awaited
from hourglass.journeys.steps.step import Step


class Hearing(Step, frozen=True, kw_only=True):
    """`then`: where hearing it leads; `otherwise`: where those go for whom it did not come in time."""

    awaited: Awaited
    written: str
    then: str | None
    otherwise: str | None

    def awaits(self) -> Awaited:
        """What is waited for."""
        return self.awaited

    def overdue(self, _then: str | None, /) -> str | None:
        """Nothing came in time."""
        return self.otherwise

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """Two, which may be the same."""
        return (self.then, self.otherwise)

    def at_once(self, _then: str | None, /) -> Sequence[str | None]:
        """What is heard takes an event, silence its time."""
        return ()
