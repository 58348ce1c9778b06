"""Throttle: lets so many through in any such span; the others wait for their turn, in the order in which they came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from msgspec.structs import replace

from hourglass.journeys.steps.answer import Answer, Next, WaitUntil
from hourglass.journeys.steps.asked import Facts, Turns
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step, label_of
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed, parse_duration

_MOST = 1_000_000
_LONGEST = timedelta(days=31)


class Throttle(Step, frozen=True, kw_only=True):
    """`then`: where those go whose turn it is."""

    turns: Turns
    written: str
    then: str | None

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """On now, or when the turn of each is."""
        return [Next(self.then) if at is None else WaitUntil(at) for at in facts.turns(self.turns, runs)]

    def summary(self) -> str:
        """How many in which time."""
        return f"≤ {self.turns.at_most} / {self.written}"

    def asks_again(self) -> bool:
        """After an outage many wake at once, and no more than so many may pass."""
        return True

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """On."""
        return (self.then,)

    def linked(self, places: Mapping[str, str], path: str, /) -> Step:
        """Counted by its id, so that moving it in the document starts no new count."""
        key = label_of(places, path) or path
        return replace(self, turns=replace(self.turns, key=key))


def read_throttle(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{throttle: {at_most: 100, per: 1h}}`: a hundred in any hour, first come, first served."""
    here = f"{path}.throttle"
    asked = cast("dict[str, Any]", body["throttle"]) if isinstance(body["throttle"], dict) else {}
    only(asked, {"at_most", "per"}, here)
    at_most, per = asked.get("at_most"), asked.get("per")
    if isinstance(at_most, bool) or not isinstance(at_most, int) or not 1 <= at_most <= _MOST:
        raise Malformed("Say how many may pass: {throttle: {at_most: 100, per: 1h}}.", path=f"{here}.at_most")
    span = parse_duration(per, f"{here}.per") if isinstance(per, str) else timedelta()
    if not timedelta(seconds=1) <= span <= _LONGEST:
        raise Malformed("`per` is a span of time from 1s to 31d, like 1h.", path=f"{here}.per")
    turns = Turns(key=path, at_most=at_most, per=span)
    return Throttle(turns=turns, written=str(per), then=inner([], f"{here}.then"))
