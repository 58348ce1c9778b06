"""Draws many different things from one strategy."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.strategies import SearchStrategy

T = TypeVar("T")
_DRAWN = 3


def drawing(number: int, *phases: Phase) -> settings:
    """Hypothesis likes to vary what it has already: it draws more than that many."""
    checks = (HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much)
    most = _DRAWN * number
    return settings(max_examples=most, phases=phases, database=None, deadline=None, suppress_health_check=checks)


def drawn(strategy: SearchStrategy[T], chosen: int, number: int, key: Callable[[T], bytes]) -> list[T]:
    """So many that differ by their key; the same seed draws the same."""
    found: dict[bytes, T] = {}

    @seed(chosen)
    @settings(drawing(number, Phase.generate))
    @given(strategy)
    def draw(one: T) -> None:
        found.setdefault(key(one), one)
        if len(found) == number:
            raise _Enough

    with suppress(_Enough):
        draw()
    return list(found.values())


class _Enough(Exception):
    """No more are wanted."""
