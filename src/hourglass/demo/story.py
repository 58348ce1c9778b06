"""The whole demo as one line of moments in the order of time: the same data, seed and dates tell the same story."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from operator import attrgetter

from msgspec import Struct

from hourglass.demo.before_order import cart_of, glimpses, visits_before
from hourglass.demo.crowd import Crowd
from hourglass.demo.customers import customers
from hourglass.demo.deliveries import deliveries, return_requests
from hourglass.demo.goods import Shelf
from hourglass.demo.purchases import given_back, orders
from hourglass.demo.refunds import Refund, refunds
from hourglass.demo.retail import Invoice, Retail
from hourglass.demo.shift import Shift, ending_at
from hourglass.demo.telling import Moment, Told

SEED = "hourglass"
# People keep coming for a while after the data ends, so that the page stays alive; and the last parcels still arrive.
AFTERWARDS = timedelta(days=5)


class Dates(Struct, frozen=True, kw_only=True):
    """When the told history begins, when the part played live begins, and when the data ends; in demo time."""

    since: datetime
    cut: datetime
    end: datetime


class Story(Struct, frozen=True):
    """Everything before the cut is history, everything from it on is played."""

    history: Sequence[Moment]
    live: Sequence[Moment]
    end: datetime
    """When the data ends, in demo time."""
    shift: Shift
    shelf: Shelf
    """What people buy in these days."""

    def at(self, moment: Moment) -> datetime:
        """When it happens in the demo."""
        return self.shift.here(moment.at)

    @property
    def generated_share(self) -> float:
        """Which part of the moments is made up."""
        moments = [*self.history, *self.live]
        return 1 - sum(moment.real for moment in moments) / max(len(moments), 1)

    def told(self, moment: Moment) -> Told:
        """The complete Segment call."""
        at = self.at(moment)
        return {**moment.tell(), "timestamp": at.isoformat(timespec="milliseconds").replace("+00:00", "Z")}


def tell(retail: Retail, dates: Dates, seed: str = SEED) -> Story:
    """The story of this shop between these dates."""
    shift = ending_at(dates.end, retail.end)
    since, cut, end = (shift.there(at) for at in (dates.since, dates.cut, dates.end))
    bought = [order for order in retail.orders if order.at >= since]
    shelf = Shelf(_divide(bought, cut)[1] or bought)
    parts = _parts(retail, refunds(retail), shelf, since, cut, end, seed)
    everything = (moment for moment in chain.from_iterable(parts) if moment.at < end + AFTERWARDS)
    moments = sorted(everything, key=attrgetter("at"))
    middle = bisect_left(moments, cut, key=attrgetter("at"))
    return Story(history=moments[:middle], live=moments[middle:], end=dates.end, shift=shift, shelf=shelf)


def _parts(
    retail: Retail, undone: Sequence[Refund], shelf: Shelf, since: datetime, cut: datetime, end: datetime, seed: str
) -> Iterator[Iterator[Moment]]:
    bought = [order for order in retail.orders if order.at >= since]
    before, live = _divide(bought, cut)
    back = [refund.known_since(since) for refund in undone if refund.cancellation.at >= since]
    met = sorted([*bought, *(c for c in retail.cancellations if c.at >= since)], key=attrgetter("at"))
    cancelled = {refund.order.number: refund.cancellation.at for refund in back if refund.order and refund.whole}
    yield customers(met, cut, seed)
    yield glimpses(before, seed)
    yield visits_before(live, cut, seed)
    yield Crowd(shelf, _regulars(before, live), seed).visits(cut, end + AFTERWARDS)
    yield orders(bought, {order.number: cart_of(order) for order in live})
    yield return_requests(back, cut, seed)
    yield given_back(back)
    yield deliveries(bought, cancelled, cut - timedelta(days=4), seed)


def _divide(invoices: Sequence[Invoice], cut: datetime) -> tuple[Sequence[Invoice], Sequence[Invoice]]:
    middle = bisect_left(invoices, cut, key=attrgetter("at"))
    return invoices[:middle], invoices[middle:]


def _regulars(before: Sequence[Invoice], live: Sequence[Invoice]) -> list[str]:
    buying = {order.customer for order in live}
    return sorted({order.customer for order in before if order.customer and order.customer not in buying})
