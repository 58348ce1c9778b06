"""Batch: waits until so many have come, or until the first of them has waited long enough; then all go on together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from msgspec.structs import replace

from hourglass.journeys.steps.answer import Answer, Next, WaitUntil
from hourglass.journeys.steps.asked import Facts, Gathering
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step, label_of
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed, parse_duration

_MOST = 100_000
_LONGEST = timedelta(days=90)


class BatchStep(Step, frozen=True, kw_only=True):
    """`then`: where they go."""

    gathering: Gathering
    written: str
    then: str | None

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """On with those who complete a batch; the others wait, and are woken when somebody does."""
        return [
            Next(self.then) if until is None else WaitUntil(until) for until in facts.gathered(self.gathering, runs)
        ]

    def summary(self) -> str:
        """How many, and how long at most."""
        return f"{self.gathering.size} | {self.written}"

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """On."""
        return (self.then,)

    def linked(self, places: Mapping[str, str], path: str, /) -> Step:
        """Counted by its id, so that moving it in the document begins no other batch."""
        key = label_of(places, path) or path
        return replace(self, gathering=replace(self.gathering, key=key))


def read_batch(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{batch: {size: 50, or_after: 1d}}`: fifty go on together, or as many as have come a day after the first."""
    here = f"{path}.batch"
    asked = cast("dict[str, Any]", body["batch"]) if isinstance(body["batch"], dict) else {}
    only(asked, {"size", "or_after"}, here)
    size, after = asked.get("size"), asked.get("or_after")
    if isinstance(size, bool) or not isinstance(size, int) or not 2 <= size <= _MOST:
        raise Malformed(
            "Say how many go on together, two or more: {batch: {size: 50, or_after: 1d}}.", path=f"{here}.size"
        )
    span = parse_duration(after, f"{here}.or_after") if isinstance(after, str) else timedelta()
    if not timedelta() < span <= _LONGEST:
        raise Malformed("Say how long the first one waits at most, up to 90d: or_after: 1d.", path=f"{here}.or_after")
    return BatchStep(
        gathering=Gathering(key=path, size=size, span=span), written=str(after), then=inner([], f"{here}.then")
    )
