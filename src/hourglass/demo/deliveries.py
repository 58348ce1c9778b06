"""What happens to an order after it is placed, made up: shipped, delivered, and asked to be taken back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from hourglass.demo.chance import between, dice, pick
from hourglass.demo.purchases import buyer
from hourglass.demo.refunds import Refund
from hourglass.demo.retail import Invoice
from hourglass.demo.telling import Moment, track

CARRIERS = ("Parcel Post", "Van & Bike", "Depot to Door")


def deliveries(
    orders: Iterable[Invoice], cancelled: dict[str, datetime], shipped_since: datetime, seed: str
) -> Iterator[Moment]:
    """Order Delivered one to four days later; Order Shipped too for orders placed since that moment."""
    for order in orders:
        throw = dice(seed, "delivery", order.number)
        shipped_at = order.at + timedelta(hours=between(throw, 2, 18))
        if cancelled.get(order.number, shipped_at) < shipped_at:
            continue
        properties = {"order_id": order.number, "carrier": pick(throw, CARRIERS)}
        delivered_at = _delivered_at(order, 1 + int(throw.random() * 4), between(throw, 8, 18), shipped_at)
        if order.at >= shipped_since:
            yield Moment(shipped_at, partial(track, buyer(order), "Order Shipped", order.number, properties))
        yield Moment(delivered_at, partial(track, buyer(order), "Order Delivered", order.number, properties))


def return_requests(refunds: Iterable[Refund], since: datetime, seed: str) -> Iterator[Moment]:
    """A while before money goes back to a customer, she asks for it."""
    for refund in refunds:
        at = refund.cancellation.at - timedelta(hours=between(dice(seed, "return", refund.key), 2, 30))
        if refund.order is None or at < max(since, refund.order.at):
            continue
        properties = {"order_id": refund.order.number, "products_count": len(refund.lines)}
        yield Moment(at, partial(track, buyer(refund.order), "Return Requested", refund.key, properties))


def _delivered_at(order: Invoice, days: int, hour: float, shipped_at: datetime) -> datetime:
    midnight = order.at.replace(hour=0, minute=0, second=0)
    return max(midnight + timedelta(days=days, hours=hour), shipped_at + timedelta(hours=4))
