"""Wait: a span, until a time of day, for a window of the week, for a date of the person, or for an event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from hourglass.audience import meant
from hourglass.journeys.steps.answer import Answer, WaitUntil
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.await_event import read_await
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.until import read_until
from hourglass.journeys.steps.wait_date import read_date
from hourglass.journeys.steps.waiting import only
from hourglass.journeys.steps.window import read_window
from hourglass.kernel import Malformed, digest, parse_duration

_FORMS = {
    "until": read_until,
    "weekdays": read_window,
    "between": read_window,
    "date": read_date,
    "run": read_date,
    "entry": read_date,
    "event": read_await,
}


class Wait(Step, frozen=True, kw_only=True):
    """Waits `span`, plus up to `jitter`, which is the same for the same run however often it is asked."""

    span: timedelta
    jitter: timedelta
    written: str

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """Until the run's own moment plus the span."""
        return [WaitUntil(run.moment + self.span + self._jitter(run)) for run in runs]

    def summary(self) -> str:
        """As its author wrote it."""
        return self.written

    def at_once(self, then: str | None, /) -> Sequence[str | None]:
        """Only a span of nothing takes no time."""
        return () if self.span else (then,)

    def _jitter(self, run: Run) -> timedelta:
        if not self.jitter:
            return timedelta()
        draw = digest(str(run.profile_id), str(run.entry_seq), run.step).int % 10_000
        return self.jitter * draw / 10_000


def read_wait(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{wait: 1h, jitter: 10m}`: a span after the step before.

    `{wait: {until: "09:00"}}`: the next time that clocks show this where the person lives.

    `{wait: {weekdays: [mon, tue], between: ["10:00", "20:00"]}}`: no longer than until that window opens.

    `{wait: {date: renewal, offset: -3d, at: "10:00", missing: exit, past: exit}}`: a date trait of the person; without
    a date, or after it, the run goes on at once unless it says `exit`. `run: steps.promo.expires_at` is a date that a
    step brought, `entry: properties.expires_at` one of the event that let the person in.

    `{wait: {event: Order Completed, where: [...], timeout: 2d, then: [...], else: [...]}}`: whichever comes first;
    what the event said stays with the run under the `id` of the step. `same: order_id`: only one about the same
    thing as the event that let the run in.
    """
    told = body["wait"]
    if isinstance(told, dict):
        form = cast("dict[str, Any]", told)
        reads = next((read for word, read in _FORMS.items() if word in form), None)
        if reads is None or set(body) != {"wait"}:
            strange = next((str(word) for word in (*form, *body) if word not in ("wait", *_FORMS)), "")
            said = f"There is no “{strange}” here.{meant(strange, _FORMS)} " if strange else ""
            said += "A wait is 1h, or {until}, {weekdays, between}, {date}, {run}, {entry} or {event, timeout}."
            raise Malformed(said, path=f"{path}.wait")
        return reads(form, f"{path}.wait", inner)
    only(body, {"wait", "jitter"}, path)
    span, jitter = told, body.get("jitter")
    if not isinstance(span, str):
        raise Malformed("Write a span of time like 30m, 1h or 2d.", path=f"{path}.wait")
    return Wait(
        written=span if jitter is None else f"{span} + 0–{jitter}",
        span=parse_duration(span, f"{path}.wait"),
        jitter=timedelta() if jitter is None else parse_duration(str(jitter), f"{path}.jitter"),
    )
