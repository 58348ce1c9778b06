"""List: puts the person on a list that is kept by hand, or takes them off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from hourglass.journeys.steps.answer import Answer, Do, Effect
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.need import Need
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step
from hourglass.kernel import Malformed


class Enlist(Effect, frozen=True, kw_only=True, tag="list"):
    """Onto the list of this key, or off it."""

    key: str
    add: bool


class EnlistStep(Step, frozen=True, kw_only=True):
    """Which list, and which way."""

    key: str
    add: bool

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """The same for everybody."""
        done = Do(Enlist(key=self.key, add=self.add))
        return [done for _ in runs]

    def needs(self) -> Sequence[Need]:
        """The list."""
        return (Need("list", self.key),)

    def summary(self) -> str:
        """A plus or a minus, and the list."""
        return f"{'+' if self.add else '−'} {self.key}"


def read_list(body: Mapping[str, Any], path: str, _inner: Inner) -> Step:
    """`{list: {add: KEY}}` or `{list: {remove: KEY}}`; the key of a segment with `list: true`."""
    asked = body["list"]
    told = cast("dict[str, Any]", asked) if isinstance(asked, dict) else {}
    if set(told) not in ({"add"}, {"remove"}) or not isinstance(key := next(iter(told.values())), str):
        raise Malformed("A list step is {list: {add: KEY}} or {list: {remove: KEY}}.", path=f"{path}.list")
    return EnlistStep(key=key, add="add" in told)
