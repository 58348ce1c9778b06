"""Start: the person stands at the door of another journey, and this one goes on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hourglass.journeys.steps.answer import Answer, Do, Effect
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.need import Need
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.kernel import Malformed


class Start(Effect, frozen=True, kw_only=True, tag="start"):
    """The key of the other journey."""

    other: str


class StartStep(Step, frozen=True, kw_only=True):
    """Which journey."""

    other: str

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """Everybody is sent to its door."""
        done = Do(Start(other=self.other))
        return [done for _ in runs]

    def needs(self) -> Sequence[Need]:
        """The journey."""
        return (Need("journey", self.other),)

    def summary(self) -> str:
        """The key of the journey."""
        return self.other


def read_start(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{start: win-back}`; that journey lets the person in by its own rules, and knows what this run knew."""
    other = body["start"]
    if not isinstance(other, str) or not other or set(body) != {"start"}:
        raise Malformed("`start` is the key of another journey: {start: win-back}.", path=path)
    return StartStep(other=other)
