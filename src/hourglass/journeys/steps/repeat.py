"""Repeat: the same steps again, so many times at most, or until a condition holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from hourglass.audience import Condition
from hourglass.journeys.steps.answer import Answer, Next
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.waiting import only
from hourglass.journeys.steps.when import When, asked, holds, read_when, when_words
from hourglass.kernel import Malformed

_MOST = 100


class Repeat(Step, frozen=True, kw_only=True):
    """`until` is asked before each time; `to`: its steps, which lead back here; `then`: what follows."""

    times: int
    until: When | None
    to: str | None
    then: str | None

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """Once more, or out of the loop."""
        enough = holds(self.until, runs, facts) if self.until is not None else [False] * len(runs)
        return [
            Next(self.then, passes=0) if done or passes >= self.times else Next(self.to, passes=passes + 1)
            for done, passes in zip(enough, facts.passes(runs), strict=True)
        ]

    def summary(self) -> str:
        """How often, and until when."""
        return f"≤ {self.times} ×{'' if self.until is None else ' · ' + when_words(self.until)}"

    def conditions(self) -> Sequence[Condition]:
        """What ends it."""
        return () if self.until is None else list(asked(self.until))

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """Into its steps and out."""
        return (self.to, self.then)

    def at_once(self, _then: str | None, /) -> Sequence[str | None]:
        """Only out: into its steps it leads so many times and no more."""
        return (self.then,)


def read_repeat(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{repeat: {times: 3, until: {event: Order Completed}, do: [...]}}`; `until` may be left out."""
    told, here = body["repeat"], f"{path}.repeat"
    if not isinstance(told, dict) or set(body) != {"repeat"}:
        raise Malformed("A repeat is {repeat: {times: 3, do: steps}}.", path=path)
    form = cast("dict[str, Any]", told)
    only(form, {"times", "until", "do"}, here)
    times, steps = form.get("times"), form.get("do")
    if isinstance(times, bool) or not isinstance(times, int) or not 1 <= times <= _MOST:
        raise Malformed(f"Say how often at most: times, from 1 to {_MOST}.", path=f"{here}.times")
    if not steps:
        raise Malformed("`do` is the list of steps to repeat.", path=f"{here}.do")
    return Repeat(
        times=times,
        until=read_when(form["until"], f"{here}.until") if "until" in form else None,
        to=inner(steps, f"{here}.do", back_to=path),
        then=inner([], path),
    )
