"""Many experiments at once, each looked at again and again while people come in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from hourglass.experiments import Moments

Draw = Callable[[np.random.Generator, tuple[int, int]], Any]


def watch(draw: Draw, *, people: int, paths: int, treated: float, every: int, effect: float = 0.0, seed: int = 5):
    """For each path the pairs of moments (treated, control) at every look."""
    chance = np.random.default_rng(seed)
    inside = chance.random((paths, people)) < treated
    outcome = draw(chance, (paths, people)) + effect * inside
    sides = [_cumulated(outcome, mask, every) for mask in (inside, ~inside)]
    looks = range(people // every)
    return [[(_at(sides[0], path, look), _at(sides[1], path, look)) for look in looks] for path in range(paths)]


def _cumulated(outcome: Any, mask: Any, every: int) -> tuple[Any, ...]:
    parts = (mask * 1.0, outcome * mask, outcome**2 * mask, (outcome != 0) * mask)
    return tuple(np.cumsum(part, axis=1)[:, every - 1 :: every] for part in parts)


def _at(side: tuple[Any, ...], path: int, look: int) -> Moments:
    count, total, squares, happened = (float(part[path, look]) for part in side)
    mean = total / count if count else 0.0
    variance = max(squares - count * mean**2, 0.0) / (count - 1) if count > 1 else 0.0
    return Moments(people=int(count), mean=mean, variance=variance, happened=int(happened))


def moments(values: Any, before: Any = None) -> Moments:
    """Of values as numpy computes them."""
    past = np.zeros(len(values)) if before is None else before
    covered = np.cov(values, past)
    return Moments(
        people=len(values), mean=float(np.mean(values)), variance=float(np.var(values, ddof=1)),
        happened=int(np.count_nonzero(values)), before=float(np.mean(past)),
        before_variance=float(np.var(past, ddof=1)), covariance=float(covered[0, 1]),
    )  # fmt: skip
