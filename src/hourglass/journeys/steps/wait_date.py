"""Date: a day that a trait names, or that the run knows, some days before or after it, at a time of day there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from hourglass.journeys.steps.answer import Answer, Exit, Next, WaitUntil
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.waiting import only, read_clock, read_offset
from hourglass.kernel import Malformed, local_moment

Otherwise = Literal["go_on", "exit"]
Source = Literal["date", "run", "entry"]
_SOURCES: dict[Source, str] = {
    "date": "`date` names a trait of the person.",
    "run": "`run` names what a step brought, like steps.promo.expires_at.",
    "entry": "`entry` names what let the person in, like properties.expires_at.",
}


class WaitDate(Step, frozen=True, kw_only=True):
    """`at` None: the time that is named, or midnight. `then`: where those go who need not wait.

    `source`: whether `name` is a trait, or a path in what steps brought, or in what let the run in.
    """

    source: Source
    name: str
    offset: timedelta
    at: time | None
    missing: Otherwise
    past: Otherwise
    then: str | None

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """Until the day of each; without one, or after it, as the author chose."""
        values = facts.traits(self.name, runs) if self.source == "date" else [self._known(run) for run in runs]
        told = zip(runs, facts.zones(runs), values, strict=True)
        return [self._answer(run.moment, zone, value) for run, zone, value in told]

    def summary(self) -> str:
        """Name, distance and time of day."""
        days = f" {self.offset / timedelta(days=1):+g}d" if self.offset else ""
        return f"{self.name}{days}{f' {self.at:%H:%M}' if self.at else ''}"

    def _known(self, run: Run) -> object:
        value: object = run.entry
        for word in self.name.split("."):
            value = cast("dict[str, object]", value).get(word) if isinstance(value, dict) else None
        return value

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
    """`{date: renewal, offset: -3d, at: "10:00", missing: exit, past: exit}`; or `run`, or `entry`, for `date`."""
    source: Source = next(word for word in _SOURCES if word in form)
    only(form, {source, "offset", "at", "missing", "past"}, path)
    name = form[source]
    if not isinstance(name, str) or not name:
        raise Malformed(_SOURCES[source], path=f"{path}.{source}")
    return WaitDate(
        source=source,
        name=name,
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
