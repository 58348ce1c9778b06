"""What a step is: it gets runs and facts, and answers; it does nothing itself. The engine acts on the answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from msgspec import Struct

from hourglass.audience import Condition
from hourglass.journeys.values import Value
from hourglass.kernel import ProfileId, RunId


class Run(Struct, kw_only=True):
    """One person's way through one journey. `moment` is when the present step began, by the run's own reckoning."""

    id: RunId
    journey_id: int
    version: int
    profile_id: ProfileId
    correlation: str
    step: str
    moment: datetime
    entered_at: datetime
    entry_seq: int
    entry: dict[str, Any]


class Next(Struct, frozen=True, tag=True):
    """Go on with a path; None is the end of the journey."""

    to: str | None


class WaitUntil(Struct, frozen=True, tag=True):
    """Stay on this step until a moment, then go on with the next one."""

    at: datetime


class Exit(Struct, frozen=True, tag=True):
    """Leave the journey."""

    reason: str


class Send(Struct, frozen=True, tag=True):
    """Put a message into the outbox and go on."""

    channel: str
    template: str


class Effect(Struct, frozen=True, kw_only=True, tag=True):
    """Something to be done beside the run, in the tick's transaction. `content`: its values, some with Liquid."""

    content: Value = None


class Do(Struct, frozen=True, tag=True):
    """Have something done, and go on."""

    effect: Effect


Answer = Next | WaitUntil | Exit | Send | Do


class Facts(Protocol):
    """What a step may ask about the people before it, as of the end of the tick."""

    def holds(self, condition: Condition, runs: Sequence[Run]) -> list[bool]:
        """For each run, whether the condition holds for its person."""
        ...


class Step(Struct, frozen=True, kw_only=True):
    """A compiled step. Each kind answers in its own way."""

    def act(self, runs: Sequence[Run], facts: Facts, /) -> list[Answer]:
        """One answer for each run."""
        raise NotImplementedError

    def summary(self) -> str:
        """In a few words without a language: a span, a channel and template, a reason."""
        return ""

    def conditions(self) -> Sequence[Condition]:
        """What it will ask of the facts, so that it can be compiled beforehand."""
        return ()


Inner = Callable[[object, str], "str | None"]
"""Compiles a nested list of steps and answers where it begins."""

Reader = Callable[[Mapping[str, Any], str, Inner], Step]
"""Makes a step from its document, its path and the compiler of nested steps."""
