"""Split: by lot, one of several ways; a person always draws the same one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from hourglass.experiments import assign
from hourglass.journeys.steps.answer import Answer, Next
from hourglass.journeys.steps.asked import Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step, label_of
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed

_HEAVIEST = 1_000_000


class Share(Struct, frozen=True, kw_only=True):
    """One way: what it is called, how many go there compared with the others, and where it leads."""

    arm: str
    weight: float
    to: str | None


class Split(Step, frozen=True, kw_only=True):
    """Ways by lot, drawn from the journey, this step and the person alone. `salt`: its id, or else its path."""

    shares: tuple[Share, ...]
    salt: str

    def act(self, runs: Sequence[Run], _facts: Facts, /) -> list[Answer]:
        """The way that each person draws."""
        weights = {share.arm: share.weight for share in self.shares}
        ways = {share.arm: Next(share.to, arm=share.arm) for share in self.shares}
        return [ways[assign(f"journey {run.journey_id}", self.salt, str(run.profile_id), weights)] for run in runs]

    def summary(self) -> str:
        """The arms with their weights."""
        return " · ".join(f"{share.arm} {share.weight:g}" for share in self.shares)

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """Every arm."""
        return [share.to for share in self.shares]

    def linked(self, places: Mapping[str, str], path: str, /) -> Step:
        """With its id, so that moving it in the document moves nobody."""
        return replace(self, salt=label_of(places, path) or path)


def read_split(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{split: [{weight: 50, arm: short, do: [...]}, {weight: 50, arm: long, do: [...]}]}`.

    Weights are compared with each other; without one they are alike. Without a name, arms are called 1, 2, ...
    """
    told = cast("list[object]", body["split"]) if isinstance(body["split"], list) else []
    if len(told) < 2 or set(body) != {"split"}:
        raise Malformed("A split is a list of two arms or more: {weight: 50, do: steps}.", path=path)
    shares = [_share(item, place, f"{path}.split[{place}]", inner) for place, item in enumerate(told)]
    names = [share.arm for share in shares]
    if len(set(names)) != len(names):
        raise Malformed("Two arms have the same name.", path=f"{path}.split")
    if not any(share.weight for share in shares):
        raise Malformed("One arm at least has a weight above 0.", path=f"{path}.split")
    return Split(shares=tuple(shares), salt=path)


def _share(item: object, place: int, path: str, inner: Inner) -> Share:
    if not isinstance(item, dict):
        raise Malformed("An arm is {weight: 50, arm: NAME, do: steps}.", path=path)
    arm = cast("dict[str, Any]", item)
    only(arm, {"weight", "arm", "do"}, path)
    weight, name = arm.get("weight", 1), arm.get("arm", f"{place + 1}")
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= _HEAVIEST:
        raise Malformed("`weight` is a number, 0 or more.", path=f"{path}.weight")
    if not isinstance(name, str) or not name:
        raise Malformed("`arm` is the name of this way.", path=f"{path}.arm")
    return Share(arm=name, weight=weight, to=inner(arm.get("do", []), f"{path}.do"))
