"""What steps may ask about the people before them, and in which words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Literal, Protocol
from zoneinfo import ZoneInfo

from msgspec import Struct

from hourglass.audience import Condition, Where
from hourglass.commerce import GivenCode
from hourglass.journeys.steps.run import Run

Reward = Literal["goal", "click", "order"]


class Awaited(Struct, frozen=True, kw_only=True):
    """An event that runs wait for, filtered, and how long. `own`: only one that answers this very visit of the run.

    `same`: a property in which it is like the event that let the run in, such as the order that both are about; `run`:
    it is about this very run.
    """

    event: str
    where: tuple[Where, ...]
    timeout: timedelta
    own: bool = False
    same: str | None = None


class Heard(Struct, frozen=True, kw_only=True):
    """An awaited event that came: when, its place in the log, and what it said."""

    at: datetime
    seq: int
    facts: dict[str, Any]


class Turns(Struct, frozen=True, kw_only=True):
    """How many may pass a step in any span of this length. `key`: the id of the step, or else its path."""

    key: str
    at_most: int
    per: timedelta


class Gathering(Struct, frozen=True, kw_only=True):
    """How many wait for each other, and how long the first one does at most. `key`: as of `Turns`."""

    key: str
    size: int
    span: timedelta


class Collected(Struct, frozen=True, kw_only=True):
    """Events of the person that a step gathers for so long; the latest `limit` are kept."""

    event: str
    where: tuple[Where, ...]
    span: timedelta
    limit: int


class Bandit(Struct, frozen=True, kw_only=True):
    """Arms of which those are drawn more that bring more. `key`: the id of the step, or else its path.

    `reward`: what counts, within a span of the draw; `explore`: the share that is dealt out evenly.
    """

    key: str
    arms: tuple[str, ...]
    reward: Reward
    within: timedelta
    explore: float


class Facts(Protocol):
    """What a step may ask about the people before it, as of the end of the tick."""

    def holds(self, condition: Condition, runs: Sequence[Run]) -> list[bool]:
        """For each run, whether the condition holds for its person."""
        ...

    def known(self, where: Where, runs: Sequence[Run]) -> list[bool]:
        """For each run, whether it holds of what the run knows: `steps` and `entry`."""
        ...

    def zones(self, runs: Sequence[Run]) -> list[ZoneInfo]:
        """For each run, where its person lives; the workspace's zone when nobody knows."""
        ...

    def traits(self, name: str, runs: Sequence[Run]) -> list[Any]:
        """For each run, a trait of its person; None without one."""
        ...

    def heard(self, awaited: Awaited, runs: Sequence[Run]) -> list[Heard | None]:
        """For each run, the first such event of this tick since its step began, within the timeout."""
        ...

    def draw(self, pool: str, runs: Sequence[Run], good_for: timedelta | None) -> list[GivenCode | None]:
        """For each run, a promo code of its own, good for `good_for` at most; None when none is left."""
        ...

    def turns(self, turns: Turns, runs: Sequence[Run]) -> list[datetime | None]:
        """For each run, when its turn is; None: now, and it counts."""
        ...

    def gathered(self, gathering: Gathering, runs: Sequence[Run]) -> list[datetime | None]:
        """For each run that comes, until when it waits for others; None: enough are there."""
        ...

    def arms(self, bandit: Bandit, runs: Sequence[Run]) -> list[str]:
        """For each run, the arm that it draws; what the draw brings will count."""
        ...

    def collected(self, collected: Collected, runs: Sequence[Run]) -> list[list[dict[str, Any]]]:
        """For each run, what it gathered until it woke, the latest first: {event, at, properties}."""
        ...

    def passes(self, runs: Sequence[Run]) -> list[int]:
        """For each run, how many times the loop that it stands on was begun."""
        ...
