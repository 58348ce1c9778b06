"""Bandit: one of several ways, and the more a way brings, the more people go there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, cast

from msgspec.structs import replace

from hourglass.journeys.steps.answer import Answer, Next
from hourglass.journeys.steps.asked import Bandit, Facts
from hourglass.journeys.steps.run import Run
from hourglass.journeys.steps.step import Inner, Step, label_of
from hourglass.journeys.steps.waiting import only
from hourglass.kernel import Malformed, parse_duration

_USUAL_SPAN, _USUAL_SHARE = "3d", 0.1
_LONGEST = timedelta(days=60)


class BanditStep(Step, frozen=True, kw_only=True):
    """Ways by arm; `written`: how long is waited for the reward."""

    bandit: Bandit
    ways_by_arm: dict[str, str | None]
    written: str

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """The way that each run draws."""
        ways = {arm: Next(to, arm=arm) for arm, to in self.ways_by_arm.items()}
        return [ways[arm] for arm in facts.arms(self.bandit, runs)]

    def summary(self) -> str:
        """The arms, and what counts."""
        return f"{' · '.join(self.bandit.arms)} → {self.bandit.reward} {self.written}"

    def ways(self, _then: str | None, /) -> Sequence[str | None]:
        """Every arm."""
        return list(self.ways_by_arm.values())

    def linked(self, places: Mapping[str, str], path: str, /) -> Step:
        """Counted by its id, so that moving it in the document forgets nothing."""
        key = label_of(places, path) or path
        return replace(self, bandit=replace(self.bandit, key=key))


def read_bandit(body: Mapping[str, Any], path: str, inner: Inner) -> Step:
    """`{bandit: [{arm: short, do: [...]}, {arm: long, do: [...]}], reward: click, within: 3d, explore: 0.1}`.

    `reward`: goal (of the journey, or a step of that kind), click or order; within this span of the draw it counts.
    `explore`: the share of people who are dealt out evenly, whatever was learnt.
    """
    only(body, {"bandit", "reward", "within", "explore"}, path)
    told = cast("list[object]", body["bandit"]) if isinstance(body["bandit"], list) else []
    if len(told) < 2:
        raise Malformed("A bandit is a list of two arms or more: {arm: NAME, do: steps}.", path=path)
    ways = [_arm(item, place, f"{path}.bandit[{place}]", inner) for place, item in enumerate(told)]
    if len({arm for arm, _ in ways}) != len(ways):
        raise Malformed("Two arms have the same name.", path=f"{path}.bandit")
    reward, within, explore = body.get("reward"), body.get("within", _USUAL_SPAN), body.get("explore", _USUAL_SHARE)
    if reward not in ("goal", "click", "order"):
        raise Malformed("Say what counts: reward: goal, click or order.", path=f"{path}.reward")
    span = parse_duration(within, f"{path}.within") if isinstance(within, str) else timedelta()
    if not timedelta() < span <= _LONGEST:
        raise Malformed("`within` is a span of time up to 60d, like 3d.", path=f"{path}.within")
    if isinstance(explore, bool) or not isinstance(explore, int | float) or not 0 <= explore <= 1:
        raise Malformed("`explore` is a share from 0 to 1, like 0.1.", path=f"{path}.explore")
    bandit = Bandit(key=path, arms=tuple(arm for arm, _ in ways), reward=reward, within=span, explore=float(explore))
    return BanditStep(bandit=bandit, ways_by_arm=dict(ways), written=str(within))


def _arm(item: object, place: int, path: str, inner: Inner) -> tuple[str, str | None]:
    if not isinstance(item, dict):
        raise Malformed("An arm is {arm: NAME, do: steps}.", path=path)
    arm = cast("dict[str, Any]", item)
    only(arm, {"arm", "do"}, path)
    name = arm.get("arm", f"{place + 1}")
    if not isinstance(name, str) or not name:
        raise Malformed("`arm` is the name of this way.", path=f"{path}.arm")
    return name, inner(arm.get("do", []), f"{path}.do")
