"""Event or timeout: whichever comes first decides which way the run goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from hourglass.audience import read_where
from hourglass.journeys.steps.answer import Answer, Next, WaitUntil
from hourglass.journeys.steps.asked import Awaited, Facts
from hourglass.journeys.steps.hearing import Hearing
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed, parse_duration


class AwaitEvent(Hearing, frozen=True, kw_only=True):
    """An event of the person, or else time that passes."""

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """The way of the event for those who have heard it already; all others stay."""
        return [
            WaitUntil(run.moment + self.awaited.timeout) if heard is None else Next(self.then, heard=heard)
            for run, heard in zip(runs, facts.heard(self.awaited, runs), strict=True)
        ]

    def summary(self) -> str:
        """The event, and how long it is waited for."""
        return f"{self.awaited.event} · {self.written}"


def read_await(form: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{event: Order Completed, where: [...], same: order_id, timeout: 2d, then: [...], else: [...]}`.

    `same` names a property that the event shares with the one that let the person in; `run` is the number of the run.
    """
    only(form, {"event", "where", "same", "timeout", "then", "else"}, path)
    event, same, timeout = form["event"], form.get("same"), form.get("timeout")
    if not isinstance(event, str) or not event:
        raise Malformed("`event` names what is waited for.", path=f"{path}.event")
    if same is not None and not (isinstance(same, str) and same):
        raise Malformed("`same` is a property of the event that let the person in, like order_id.", path=f"{path}.same")
    if not isinstance(timeout, str) or not parse_duration(timeout, f"{path}.timeout"):
        raise Malformed("Say how long to wait: timeout: 2d. Nobody waits for ever.", path=f"{path}.timeout")
    awaited = Awaited(
        event=event,
        where=read_where(form.get("where"), f"{path}.where"),
        timeout=parse_duration(timeout, f"{path}.timeout"),
        same=same,
    )
    return AwaitEvent(
        awaited=awaited,
        written=timeout,
        then=inner(form.get("then", []), f"{path}.then"),
        otherwise=inner(form.get("else", []), f"{path}.else"),
    )
