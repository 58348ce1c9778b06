"""Orders as the sum of their events, whole columns at a time; what commerce/order.py says about one order, said of all.

An order's contents are those of the latest event that tells any; shipped and later states outrank changes of contents;
net is revenue less refunds, nothing when it was cancelled or refunded without a sum. Money in another currency than
the workspace's counts as none, because there are no exchange rates.
"""

from __future__ import annotations

from typing import Final

import narwhals as nw

from hourglass.audience.computed.sources import Frame
from hourglass.commerce import LIFE

CANCELLED: Final = "Order Cancelled"
REFUNDED: Final = "Order Refunded"
_RANK = {event: rank for rank, event in enumerate(LIFE)}
_BEGUN = _RANK["Order Updated"]


def standing(events: Frame, currency: str) -> Frame:
    """The orders that stand: not cancelled, not given back as a whole.

    `events`: profile_id, order_id, event, message_id, at, day, revenue and currency, and told: whether it tells
    contents. For each order profile_id, order_id, at and day of its first event, net.
    """
    sums = events.group_by("order_id").agg(
        at=nw.col("at").min(),
        day=nw.col("day").min(),
        refunded=nw.when(nw.col("event") == REFUNDED).then(nw.col("revenue").abs()).otherwise(0).sum().cast(nw.Int64()),
    )
    whole = (
        sums.join(_first(events), on="order_id")
        .join(_state(events), on="order_id")
        .join(_contents(events), on="order_id", how="left")
        .with_columns(
            profile_id=nw.coalesce("told_to", "profile_id"),
            net=_net(),
            own=nw.coalesce("currency", nw.lit(currency)) == currency,
        )
        .filter(~_gone())
    )
    return whole.select(
        "profile_id", "order_id", "at", "day", net=nw.when(nw.col("own")).then(nw.col("net")).otherwise(0)
    )


def lines_of(lines: Frame, events: Frame, orders: Frame) -> Frame:
    """The lines of these orders: those of the latest event that has any.

    `lines`: message_id and what a line says; `events` as above, with `lines`: how many the event has.
    """
    telling = events.filter(nw.col("lines") > 0)
    latest = telling.unique("order_id", keep="last", order_by=["at", "revenue", "message_id"])
    chosen = latest.select("message_id", "order_id").join(orders.select("order_id", "profile_id"), on="order_id")
    return lines.join(chosen, on="message_id").drop("message_id")


def _first(events: Frame) -> Frame:
    return events.unique("order_id", keep="first", order_by=["at", "message_id"]).select("order_id", "profile_id")


def _state(events: Frame) -> Frame:
    rank = nw.lit(0)
    for event, place in _RANK.items():
        rank = nw.when(nw.col("event") == event).then(nw.lit(place)).otherwise(rank)
    ranked = events.select("order_id", "event", "at", rank=rank)
    ranked = ranked.with_columns(begun=nw.when(nw.col("rank") > _BEGUN).then(nw.lit(1)).otherwise(nw.lit(0)))
    last = ranked.unique("order_id", keep="last", order_by=["begun", "at", "rank"])
    return last.select("order_id", state=nw.col("event"))


def _contents(events: Frame) -> Frame:
    told = events.filter(nw.col("told"))
    last = told.unique("order_id", keep="last", order_by=["at", "revenue", "message_id"])
    return last.select("order_id", "revenue", "currency", told_to=nw.col("profile_id"))


def _net() -> nw.Expr:
    left = nw.coalesce("revenue", nw.lit(0)) - nw.col("refunded")
    without_sum = (nw.col("state") == REFUNDED) & (nw.col("refunded") == 0)
    nothing = (nw.col("state") == CANCELLED) | without_sum | (left < 0)
    return nw.when(nothing).then(0).otherwise(left).cast(nw.Int64())


def _gone() -> nw.Expr:
    returned = (nw.col("state") == REFUNDED) | (nw.col("refunded") > 0)
    return (nw.col("state") == CANCELLED) | ((nw.col("net") == 0) & returned)
