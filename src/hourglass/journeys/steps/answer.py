"""What steps answer: on, wait, leave, send, or have something done. The engine acts on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from hourglass.journeys.steps.asked import Heard
from hourglass.journeys.steps.values import Value
from hourglass.messages import Instead


class Effect(Struct, frozen=True, kw_only=True, tag=True):
    """Something to be done beside the run, in the tick's transaction. `content`: its values, some with Liquid."""

    content: Value = None


class Next(Struct, frozen=True, tag=True):
    """Go on with a path; None is the end of the journey. What is said beside is noted.

    `heard`: the event that led there; the run's time goes on from it. `arm`: the way that was drawn. `passes`: how many
    times a loop was begun, 0 when it is over. `goal`: what was reached. `learns`: what later steps can use, by name.
    `does`: what is done beside it.
    """

    to: str | None
    heard: Heard | None = None
    arm: str | None = None
    passes: int | None = None
    goal: str | None = None
    learns: Mapping[str, Any] | None = None
    does: Effect | None = None


class WaitUntil(Struct, frozen=True, tag=True):
    """Stay on this step until a moment, then go on with the next one."""

    at: datetime


class Exit(Struct, frozen=True, tag=True):
    """Leave the journey."""

    reason: str


class Send(Struct, frozen=True, tag=True):
    """Put a message into the outbox and go on. `others`: what is tried where the channels before cannot bring it.

    `cheapest`: they are tried in the order of what they cost. `if_in_stock`, `if_price_holds`: whether it depends on
    the products it is about; None: as usual for what lets people in.
    """

    channel: str
    template: str
    others: tuple[Instead, ...] = ()
    cheapest: bool = False
    if_in_stock: bool | None = None
    if_price_holds: bool | None = None


class Do(Struct, frozen=True, tag=True):
    """Have something done, and go on; or stay on this step until a moment at most."""

    effect: Effect
    until: datetime | None = None


Answer = Next | WaitUntil | Exit | Send | Do
