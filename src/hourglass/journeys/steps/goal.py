"""Goal: notes that the person came as far as this; the report counts it, and the run goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hourglass.journeys.steps.answer import Answer, Next
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.kernel import Malformed


class Goal(Step, frozen=True, kw_only=True):
    """What was reached, and what follows."""

    goal: str
    then: str | None

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """Noted, and on."""
        return [Next(self.then, goal=self.goal) for _ in runs]

    def summary(self) -> str:
        """What was reached."""
        return self.goal


def read_goal(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{goal: answered}`."""
    goal = body["goal"]
    if not isinstance(goal, str) or not goal or set(body) != {"goal"}:
        raise Malformed("A goal is a name: {goal: answered}.", path=path)
    return Goal(goal=goal, then=inner([], path))
