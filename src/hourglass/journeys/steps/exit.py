"""Exit: leave the journey here, with a reason that the report shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hourglass.journeys.steps.answer import Answer, Exit
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.kernel import Malformed


class Leave(Step, frozen=True, kw_only=True):
    """Ends the run."""

    reason: str

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """Everybody leaves."""
        return [Exit(self.reason) for _ in runs]

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """None."""
        return ()

    def summary(self) -> str:
        """The reason."""
        return self.reason


def read_exit(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{exit: reason}` or `{exit: true}`."""
    reason = body["exit"]
    if set(body) != {"exit"} or not (reason is True or isinstance(reason, str)):
        raise Malformed("An exit is {exit: true} or {exit: a-reason}.", path=path)
    return Leave(reason="exit_step" if reason is True else str(reason))
