"""Thompson sampling: arms that brought more are drawn more, the surer it is, and no arm is given up for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from msgspec import Struct

from hourglass.kernel import digest


class ArmCount(Struct, frozen=True, kw_only=True):
    """How often an arm was drawn, and how many of these draws brought the reward."""

    drawn: int = 0
    rewarded: int = 0


def thompson(counts: Mapping[str, ArmCount], draws: Sequence[Sequence[str]], *, explore: float) -> list[str]:
    """An arm for each draw, told apart by its names: the same names and counts draw the same arm.

    What an arm brings is thought of as Beta(1 + rewarded, 1 + drawn - rewarded); each draw takes one value of every arm
    and goes where it is highest (Thompson 1933; Chapelle & Li 2011). A share `explore` is dealt out evenly instead.
    """
    arms = sorted(counts)
    told = [(1.0 + counts[arm].rewarded, 1.0 + max(0, counts[arm].drawn - counts[arm].rewarded)) for arm in arms]
    lots = (Random(digest(*names).int) for names in draws)  # noqa: S311 - a lot that repeats itself, no secret
    return [arms[_best(one, told, explore)] for one in lots]


def _best(chance: Random, told: Sequence[tuple[float, float]], explore: float) -> int:
    if chance.random() < explore:
        return chance.randrange(len(told))
    values = [chance.betavariate(alpha, beta) for alpha, beta in told]
    return values.index(max(values))
