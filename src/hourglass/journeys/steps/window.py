"""Window: go on only on some days of the week and between some hours, where the person lives."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from hourglass.journeys.steps.answer import Answer, Next, WaitUntil
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.waiting import WEEKDAYS, only, read_clock, read_days
from hourglass.kernel import Malformed, local_moment

_WEEK = 8  # days until the same weekday has come again


class Window(Step, frozen=True, kw_only=True):
    """Days as numbers, Monday 0, and the hours of each; `then`: where those go who come while it is open."""

    days: frozenset[int]
    start: time
    end: time | None
    """None: until midnight."""
    then: str | None

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """On at once, or when the window opens."""
        moments = [self._opens(run.moment, zone) for run, zone in zip(runs, facts.zones(runs), strict=True)]
        return [Next(self.then) if moment is None else WaitUntil(moment) for moment in moments]

    def summary(self) -> str:
        """Days and hours."""
        end = "24:00" if self.end is None else f"{self.end:%H:%M}"
        return f"{', '.join(WEEKDAYS[day] for day in sorted(self.days))} {self.start:%H:%M}–{end}"

    def _opens(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        local = now.astimezone(zone)
        today, clock = local.date(), local.time()
        opened = clock >= self.start and (self.end is None or clock < self.end)
        if today.weekday() in self.days and opened:
            return None
        for day in (today + timedelta(days=count) for count in range(_WEEK + 1)):
            moment = local_moment(day, self.start, zone, now)
            if day.weekday() in self.days and moment > now:
                return moment
        return None


def read_window(form: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{weekdays: [mon, tue], between: ["10:00", "20:00"]}`; one of the two is enough."""
    only(form, {"weekdays", "between"}, path)
    days = read_days(form["weekdays"], f"{path}.weekdays") if "weekdays" in form else frozenset(range(len(WEEKDAYS)))
    start, end = time(0), None
    if "between" in form:
        start, end = _hours(form["between"], f"{path}.between")
    return Window(days=days, start=start, end=end, then=inner([], path))


def _hours(value: object, path: str) -> tuple[time, time | None]:
    told = cast("list[object]", value) if isinstance(value, list) else []
    if len(told) != 2:
        raise Malformed('`between` is two times of day: ["10:00", "20:00"].', path=path)
    start = read_clock(told[0], f"{path}[0]")
    end = None if told[1] == "24:00" else read_clock(told[1], f"{path}[1]")
    if end is not None and end <= start:
        raise Malformed("The hours end after they begin, on the same day.", path=path)
    return start, end
