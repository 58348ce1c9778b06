"""The ways into a journey, as its author chose one."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Literal

from msgspec import Struct

from hourglass.audience import Where
from hourglass.journeys.ways.rhythm import Rhythm

Change = Literal["price_drop", "back_in_stock", "low_stock", "new"]


class OnEvent(Struct, frozen=True, kw_only=True):
    """An event that the person caused."""

    event: str
    where: tuple[Where, ...] = ()


class OnSegment(Struct, frozen=True, kw_only=True):
    """The person came into a segment or left it. `existing`: those who are in it when the journey goes live, too."""

    segment: str
    on: Literal["entered", "left"] = "entered"
    existing: bool = False


class OnSchedule(Struct, frozen=True, kw_only=True):
    """At each moment of the schedule, everybody who is in the segment then."""

    rhythm: Rhythm
    segment: str


class OnDate(Struct, frozen=True, kw_only=True):
    """The day a trait tells, moved by `days` (-3: three days before), at that time on the person's clock."""

    trait: str
    days: int = 0
    at: time = time(10)
    yearly: bool = False


class OnProduct(Struct, frozen=True, kw_only=True):
    """A product changed that the person showed interest in."""

    change: Change
    share: float = 0
    """A price drop is at least this part of the old price ..."""
    amount: float = 0
    """... or at least this much money, in the product's currency."""
    below: int = 0
    """Low stock is less than so many pieces."""
    interested: tuple[tuple[str, timedelta], ...] = ()
    """Events that show interest, and how long ago they may be."""
    favourite: bool = False
    """Also whoever buys it more often than anything else (the computed trait `favourite.product`)."""
    region: str | None = None
    """A trait that says where the person lives: of a product that came back in some regions, only those there hear."""


class OnCall(Struct, frozen=True, kw_only=True):
    """Only who is put in: by a program, by hand."""


Way = OnEvent | OnSegment | OnSchedule | OnDate | OnProduct | OnCall


class Entry(Struct, frozen=True, kw_only=True):
    """How people come in, and how many at most. `pace`: the time between two of them, None without a limit."""

    way: Way
    pace: timedelta | None = None

    @property
    def event(self) -> str | None:
        """The event that lets people in, where it is an event."""
        return self.way.event if isinstance(self.way, OnEvent) else None

    @property
    def segment(self) -> str | None:
        """The segment whose people it is about."""
        return self.way.segment if isinstance(self.way, OnSegment | OnSchedule) else None
