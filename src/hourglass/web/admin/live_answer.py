"""What `GET /api/live` answers; money is {amount, currency}."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from hourglass.commerce import OpenCarts, OrderTotals
from hourglass.journeys import JourneyReport
from hourglass.messages import MessageLine, ReasonCount
from hourglass.profiles import Money, PeopleCounts


class LiveEvents(Struct, frozen=True, kw_only=True):
    """Events of all times, of the shop's day, imported as history, and a second by the clock on the wall."""

    total: int
    today: int
    imported: int
    per_second: float


class LiveRuns(Struct, frozen=True, kw_only=True):
    """Runs of all journeys, and each journey's own numbers; `finished`: at the end, or with the goal."""

    waiting: int
    finished: int
    exited: int
    by_journey: list[JourneyReport]


class LiveMessages(Struct, frozen=True, kw_only=True):
    """Messages of all times by their fate, the orders credited to them, and the latest of them."""

    sent: int
    queued: int
    failed: int
    unknown: int
    withheld: int
    opened: int
    clicked: int
    bounced: int
    orders: int
    revenue: Money
    by_reason: list[ReasonCount]
    recent: list[MessageLine]


class LiveMinute(Struct, frozen=True, kw_only=True):
    """How much happened in one minute of the last hour."""

    minute: datetime
    events: int
    orders: int
    messages: int


class LiveEvent(Struct, frozen=True, kw_only=True):
    """One of the latest events. `generated`: the demo made it up."""

    at: datetime
    name: str
    profile_id: int
    person: str | None
    summary: str
    generated: bool


class Live(Struct, frozen=True, kw_only=True):
    """The shop right now."""

    now: datetime
    events: LiveEvents
    lag_seconds: float
    backlog: int
    people: PeopleCounts
    carts: OpenCarts
    orders: OrderTotals
    runs: LiveRuns
    messages: LiveMessages
    series: list[LiveMinute]
    recent_events: list[LiveEvent]
