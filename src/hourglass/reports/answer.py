"""What a backtest found, and what a journey did: the same numbers, so that they can be laid side by side."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from hourglass.reports.incremental import Incremental

Words = dict[str, str]
"""In English and Russian."""


class Tally(Struct, frozen=True, kw_only=True):
    """How often something was the reason, with its words."""

    code: str
    words: Words
    count: int


class Way(Struct, frozen=True, kw_only=True):
    """From a step to the next: `to` is its path (None: the end), `label`: on what condition, empty without one."""

    to: str | None
    label: Words
    count: int


class FlowStep(Struct, frozen=True, kw_only=True):
    """One step: how many came, wait there and left there, and where the others went."""

    path: str
    kind: str
    summary: str
    came: int
    waiting: int
    left: int
    sent: int
    withheld: int
    failed: int
    ways: list[Way]


class FlowDay(Struct, frozen=True, kw_only=True):
    """One day of the workspace's calendar."""

    day: date
    entered: int
    sent: int
    withheld: int


class Income(Struct, frozen=True, kw_only=True):
    """Orders credited to the messages of a journey, cancelled ones left out, in one currency (minor units)."""

    currency: str
    orders: int
    revenue: int


class Flow(Struct, frozen=True, kw_only=True):
    """A journey with the people in it."""

    key: str
    name: str
    start: str | None
    """Path of the first step."""
    entry: str
    """What lets people in, without a language."""
    entered: int
    """Of these each waits, went to the end (`finished`), left with the `goal`, or left early (`exits`)."""
    people: int
    waiting: int
    finished: int
    goal: int
    exits: list[Tally]
    kept_out: int
    """Runs of the control group, which count as nothing else."""
    sent: int
    withheld: list[Tally]
    failed: list[Tally]
    goals: int | None
    """Runs whose goal was reached, also after they were over; None: the journey has none."""
    steps: list[FlowStep]
    days: list[FlowDay]
    income: list[Income] = []
    """Of what really happened; a backtest earns nothing."""
    incremental: Incremental | None = None
    """Beside the control group; null without one."""


class Happening(Struct, frozen=True, kw_only=True):
    """One thing that came of a run."""

    at: datetime
    step: str
    code: str
    words: Words


class Example(Struct, frozen=True, kw_only=True):
    """One person's way, in full."""

    person: int
    name: str
    correlation: str
    entered_at: datetime
    state: str
    happenings: list[Happening]


class Backtest(Struct, frozen=True, kw_only=True):
    """Who would have entered, waited and got what."""

    since: datetime
    until: datetime
    events: int
    ticks: int
    grain_seconds: float
    flow: Flow
    examples: list[Example]
    notes: list[Words]
    """What it does not know, in words."""
