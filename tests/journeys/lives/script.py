"""The world in which lives are played: when it begins, how its clock jumps (also back), and what breaks when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from msgspec import Struct

from tests.engine.fragile import Accident

ROUNDS = 10

_BEGINNINGS = (datetime(2026, 3, 27, 20, tzinfo=UTC), datetime(2026, 10, 23, 20, tzinfo=UTC))
"""A day before clocks change in Europe."""
_JUMPS = (-60, 1, 30, 60, 60, 90, 90, 1440, 1440, 4320, 20000)
_ZONES = ("Europe/Berlin", "Asia/Almaty", "America/New_York")
_SOME = 120
_OFTEN: tuple[Accident | None, ...] = (None, None, "dies", "again")
_ACCIDENTS: tuple[Accident | None, ...] = (*_OFTEN * 7, "singly")


class Round(Struct, frozen=True, kw_only=True):
    """`after`: how many statements of the engine work before the accident. `answers`: other systems answer calls."""

    jump: timedelta
    accident: Accident | None
    after: int
    answers: bool


class Script(Struct, frozen=True, kw_only=True):
    """`engines`: how many take turns. `chunks`: how many events a tick takes at most."""

    begins: datetime
    zone: str
    engines: int
    tick_events: int
    rounds: list[Round]


def script(number: int) -> Script:
    """The same number is the same script."""
    chance = Random(number)
    return Script(
        begins=chance.choice(_BEGINNINGS),
        zone=chance.choice(_ZONES),
        engines=chance.choice((1, 1, 2)),
        tick_events=chance.choice((50, 5000, 5000)),
        rounds=[
            Round(
                jump=timedelta(minutes=chance.choice(_JUMPS)),
                accident=chance.choice(_ACCIDENTS),
                after=chance.randrange(_SOME),
                answers=chance.random() < 0.5,
            )
            for _ in range(ROUNDS)
        ],
    )
