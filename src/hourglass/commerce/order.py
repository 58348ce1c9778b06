"""An order as the sum of its events, whatever their order: each fact is kept with the moment that decided it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from hourglass.commerce.lines import Line, currency_of, encode_lines, lines_of
from hourglass.events import Event

LIFE = {
    "Order Completed": "completed",
    "Order Updated": "updated",
    "Order Shipped": "shipped",
    "Order Delivered": "delivered",
    "Order Cancelled": "cancelled",
    "Order Refunded": "refunded",
}
"""Event → the state it puts an order into."""
_RANK = {state: rank for rank, state in enumerate(LIFE.values())}
_BEGUN = _RANK["updated"]  # a change of contents never undoes that the order left the shop


class Order(Struct, kw_only=True):
    """A purchase; money in minor units of `currency`, `lines` as JSON."""

    id: str
    identity_id: int
    profile_id: int
    state: str
    ordered_at: datetime
    updated_at: datetime
    state_at: datetime | None = None
    content_at: datetime | None = None
    revenue: int = 0
    refunded: int = 0
    currency: str
    lines: str = "[]"
    historical: bool


def begin(order_id: str, event: Event, identity_id: int, profile_id: int) -> Order:
    """An order nobody has heard of before this event."""
    return Order(
        id=order_id,
        identity_id=identity_id,
        profile_id=profile_id,
        state=LIFE[event.name],
        ordered_at=event.at,
        updated_at=event.at,
        state_at=event.at,
        currency=currency_of(event),
        historical=event.historical,
    )


def add(order: Order, event: Event, identity_id: int, profile_id: int) -> None:
    """Take in one event. The same events give the same order in any sequence."""
    state, at = LIFE[event.name], event.at
    if order.content_at is None and at < order.ordered_at:
        order.identity_id, order.profile_id = identity_id, profile_id
    if order.state_at is None or _weight(state, at) > _weight(order.state, order.state_at):
        order.state, order.state_at = state, at
    order.ordered_at, order.updated_at = min(order.ordered_at, at), max(order.updated_at, at)
    order.historical &= event.historical
    if state == "refunded":
        order.refunded += abs(event.revenue or 0)
    elif state in {"completed", "updated"}:
        _fill(order, event, identity_id, profile_id)


def _weight(state: str, at: datetime) -> tuple[bool, datetime, int]:
    rank = _RANK[state]
    return rank > _BEGUN, at, rank


def _fill(order: Order, event: Event, identity_id: int, profile_id: int) -> None:
    """Contents: the latest event that tells them wins; what it leaves out stays as an earlier one said."""
    currency = currency_of(event)
    lines = lines_of(event, currency)
    if event.revenue is None and not lines:
        return
    revenue = event.revenue if event.revenue is not None else _sum(lines)
    latest = order.content_at is None or (event.at, revenue) > (order.content_at, order.revenue)
    if lines and (latest or order.lines == "[]"):
        order.lines = encode_lines(lines).decode()
    if latest:
        order.identity_id, order.profile_id = identity_id, profile_id
        order.content_at, order.revenue, order.currency = event.at, revenue, currency


def _sum(lines: list[Line]) -> int:
    return sum(line.value for line in lines)
