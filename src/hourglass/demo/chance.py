"""Chance that is the same on every machine: dice seeded by what they are thrown for."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from random import Random
from typing import TypeVar

Chosen = TypeVar("Chosen")


def dice(*about: str) -> Random:
    """A source of chance for one matter: the same words give the same throws."""
    return Random(blake2b("\x1f".join(about).encode(), digest_size=8).digest())  # noqa: S311 - made-up data, no secret


def pick(throw: Random, things: Sequence[Chosen]) -> Chosen:
    """One of the things, each as likely."""
    return things[int(throw.random() * len(things))]


def between(throw: Random, low: float, high: float) -> float:
    """A number from low up to high."""
    return low + (high - low) * throw.random()


def weighted(throw: Random, choices: Sequence[tuple[Chosen, float]]) -> Chosen:
    """One of the choices, by weight."""
    point = throw.random() * sum(weight for _, weight in choices)
    for choice, weight in choices:
        point -= weight
        if point < 0:
            return choice
    return choices[-1][0]
