"""Date: a day that a trait of the person names, some days before or after it, at a time of day where they live."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from hourglass.journeys.steps.answer import Answer, Exit, Next, WaitUntil
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.waiting import only, read_clock, read_offset
from hourglass.kernel import Malformed, local_moment

Otherwise = Literal["go_on", "exit"]


class WaitDate(Step, frozen=True, kw_only=True):
    """`at` None: the time that the trait names, or midnight. `then`: where those go who need not wait."""

    trait: str
    offset: timedelta
    at: time | None
    missing: Otherwise
    past: Otherwise
    then: str | None

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """Until the day of each; without one, or after it, as the author chose."""
        told = zip(runs, facts.zones(runs), facts.traits(self.trait, runs), strict=True)
        return [self._answer(run.moment, zone, value) for run, zone, value in told]

    def summary(self) -> str:
        """Trait, distance and time of day."""
        days = f" {self.offset / timedelta(days=1):+g}d" if self.offset else ""
        return f"{self.trait}{days}{f' {self.at:%H:%M}' if self.at else ''}"

    def _answer(self, now: datetime, zone: ZoneInfo, value: object) -> Answer:
        moment = self._moment(value, zone, now)
        if moment is None:
            return Exit("no_date") if self.missing == "exit" else Next(self.then)
        if moment > now:
            return WaitUntil(moment)
        return Exit("date_passed") if self.past == "exit" else Next(self.then)

    def _moment(self, value: object, zone: ZoneInfo, now: datetime) -> datetime | None:
        named = _named(value, zone)
        if named is None:
            return None
        whole = timedelta(days=self.offset // timedelta(days=1))
        try:
            day = named.date() + whole
            return local_moment(day, self.at or named.time(), zone, now) + (self.offset - whole)
        except OverflowError:
            return None


def read_date(form: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{date: renewal, offset: -3d, at: "10:00", missing: exit, past: exit}`."""
    only(form, {"date", "offset", "at", "missing", "past"}, path)
    trait = form["date"]
    if not isinstance(trait, str) or not trait:
        raise Malformed("`date` names a trait of the person.", path=f"{path}.date")
    return WaitDate(
        trait=trait,
        offset=read_offset(form["offset"], f"{path}.offset") if "offset" in form else timedelta(),
        at=read_clock(form["at"], f"{path}.at") if "at" in form else None,
        missing=_otherwise(form, "missing", path),
        past=_otherwise(form, "past", path),
        then=inner([], path),
    )


def _otherwise(form: Mapping[str, Any], word: str, path: str) -> Otherwise:
    value = form.get(word, "go_on")
    if value not in ("go_on", "exit"):
        raise Malformed(f"`{word}` is go_on or exit.", path=f"{path}.{word}")
    return value


def _named(value: object, zone: ZoneInfo) -> datetime | None:
    """The date of a trait on the clock of its person; None when it is none."""
    if not isinstance(value, str):
        return None
    try:
        if len(value) == len("2026-01-31"):
            return datetime.combine(date.fromisoformat(value), time(0))
        moment = datetime.fromisoformat(value)
        return moment if moment.tzinfo is None else moment.astimezone(zone).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return None
