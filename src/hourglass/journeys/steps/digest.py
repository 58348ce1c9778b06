"""Digest: gathers what the person does for a while, and goes on once with all of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal, cast

from msgspec.structs import replace

from hourglass.audience import read_where
from hourglass.journeys.steps.answer import Answer, Exit, Next, WaitUntil
from hourglass.journeys.steps.asked import Collected, Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step, label_of
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed, parse_duration

_MOST, _USUAL = 50, 10
_LONGEST = timedelta(days=90)


class Digest(Step, frozen=True, kw_only=True):
    """`into`: the id of the step; `empty`: what those do who did nothing of the kind."""

    collected: Collected
    written: str
    into: str = ""
    empty: Literal["exit", "go_on"]
    then: str | None

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """Stay; and when the time is over, on with what came."""
        woken = [run for run in runs if run.woken]
        gathered = dict(zip((run.id for run in woken), facts.collected(self.collected, woken), strict=True))
        return [
            self._on(gathered[run.id]) if run.woken else WaitUntil(run.moment + self.collected.span) for run in runs
        ]

    def _on(self, events: list[dict[str, Any]]) -> Answer:
        if not events and self.empty == "exit":
            return Exit("nothing_collected")
        return Next(self.then, learns={self.into: {"events": events[: self.collected.limit], "count": len(events)}})

    def summary(self) -> str:
        """What, for how long."""
        return f"{self.collected.event} · {self.written}"

    def asks_again(self) -> bool:
        """What came is looked up at the end."""
        return True

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """On."""
        return (self.then,)

    def at_once(self, _then: str | None, /) -> Sequence[str | None]:
        """It always takes time."""
        return ()

    def linked(self, places: Mapping[str, str], path: str, /) -> Step:
        """What came is kept under the id of the step."""
        label = label_of(places, path)
        if label is None:
            raise Malformed("Give the step an `id`: what it gathers is steps.ID.events later.", path=path)
        return replace(self, into=label)


def read_digest(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{id: looked, digest: {collect: Product Viewed, where: [...], for: 1d, limit: 10, empty: exit}}`.

    The latest ten are `steps.looked.events`, each with `event`, `at` and `properties`; `steps.looked.count` counts all.
    """
    here = f"{path}.digest"
    asked = cast("dict[str, Any]", body["digest"]) if isinstance(body["digest"], dict) else {}
    only(asked, {"collect", "where", "for", "limit", "empty"}, here)
    event, span, limit, empty = asked.get("collect"), asked.get("for"), asked.get("limit", _USUAL), asked.get("empty")
    if not isinstance(event, str) or not event:
        raise Malformed("`collect` names the event that is gathered.", path=f"{here}.collect")
    length = parse_duration(span, f"{here}.for") if isinstance(span, str) else timedelta()
    if not timedelta() < length <= _LONGEST:
        raise Malformed("Say how long to gather, 90d at most: for: 1d.", path=f"{here}.for")
    if isinstance(limit, bool) or not isinstance(limit, int) or not 1 <= limit <= _MOST:
        raise Malformed(f"`limit` is a number from 1 to {_MOST}.", path=f"{here}.limit")
    if empty not in (None, "exit", "go_on"):
        raise Malformed("`empty` is exit or go_on.", path=f"{here}.empty")
    where = read_where(asked.get("where"), f"{here}.where")
    return Digest(
        collected=Collected(event=event, where=where, span=length, limit=limit),
        written=str(span),
        empty=empty or "exit",
        then=inner([], f"{here}.then"),
    )
