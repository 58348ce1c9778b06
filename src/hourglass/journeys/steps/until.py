"""Until: the next time that the clock shows an hour where the person lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hourglass.journeys.steps.answer import Answer, WaitUntil
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.waiting import only, read_clock
from hourglass.kernel import local_moment


class Until(Step, frozen=True, kw_only=True):
    """A time of day; somebody who comes at that very time waits for the next day."""

    clock: time

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """Each on their own clock."""
        pairs = zip(runs, facts.zones(runs), strict=True)
        return [WaitUntil(_next(self.clock, zone, run.moment)) for run, zone in pairs]

    def summary(self) -> str:
        """The time of day."""
        return f"→ {self.clock:%H:%M}"

    def at_once(self, _then: str | None, /) -> Sequence[str | None]:
        """It always takes time."""
        return ()


def read_until(form: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{until: "09:00"}`."""
    only(form, {"until"}, path)
    return Until(clock=read_clock(form["until"], f"{path}.until"))


def _next(clock: time, zone: ZoneInfo, after: datetime) -> datetime:
    today = after.astimezone(zone).date()
    moment = local_moment(today, clock, zone, after)
    return moment if moment > after else local_moment(today + timedelta(days=1), clock, zone, after)
