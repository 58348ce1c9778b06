"""Wait: a span after the step before, with jitter if asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from hourglass.journeys.steps.step import Answer, Facts, Inner, Run, Step, WaitUntil
from hourglass.kernel import Malformed, digest, parse_duration


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

    def _jitter(self, run: Run) -> timedelta:
        if not self.jitter:
            return timedelta()
        draw = digest(str(run.profile_id), str(run.entry_seq), run.step).int % 10_000
        return self.jitter * draw / 10_000


def read_wait(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{wait: 1h, jitter: 10m}`."""
    if body.keys() - {"wait", "jitter"}:
        raise Malformed("A wait is {wait: 1h} with an optional jitter: 10m.", path=path)
    span, jitter = body["wait"], body.get("jitter")
    if not isinstance(span, str):
        raise Malformed("Write a span of time like 30m, 1h or 2d.", path=f"{path}.wait")
    return Wait(
        written=span if jitter is None else f"{span} + 0–{jitter}",
        span=parse_duration(span, f"{path}.wait"),
        jitter=timedelta() if jitter is None else parse_duration(str(jitter), f"{path}.jitter"),
    )
