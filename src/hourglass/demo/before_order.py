"""The made-up visit that led to a real order: who looked, filled a cart, perhaps left it and came back to buy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from hourglass.demo.chance import between, dice
from hourglass.demo.goods import products_of
from hourglass.demo.people import Person, person
from hourglass.demo.purchases import buyer
from hourglass.demo.retail import Invoice
from hourglass.demo.telling import Moment, Who, identify
from hourglass.demo.visits import Visit

COME_BACK_SHARE, LOOKED_BEFORE_SHARE, LOGGED_IN_SHARE = 0.18, 0.25, 0.6
_MOST_ADDED = 12


def cart_of(order: Invoice) -> str:
    """The cart an order was made from."""
    return f"cart-{order.number}"


def glimpses(orders: Iterable[Invoice], seed: str) -> Iterator[Moment]:
    """For the year behind us: some customers looked at one to three of the things they then bought."""
    for order in orders:
        throw = dice(seed, "glimpse", order.number)
        if order.customer and throw.random() < LOOKED_BEFORE_SHARE:
            lines = products_of(order)[: 1 + int(throw.random() * 3)]
            visit = Visit(f"glimpse-{order.number}", Who(order.customer), throw)
            yield from visit.looks(lines, order.at - timedelta(minutes=30), order.at - timedelta(minutes=1))


def visits_before(orders: Iterable[Invoice], since: datetime, seed: str) -> Iterator[Moment]:
    """For the week played live: the whole visit, from the first page to the checkout."""
    for order in orders:
        yield from _visit_before(order, since, seed)


def _visit_before(order: Invoice, since: datetime, seed: str) -> Iterator[Moment]:
    throw = dice(seed, "visit", order.number)
    she = person(order.customer, seed) if order.customer else None
    lines, cart = products_of(order)[:_MOST_ADDED], cart_of(order)
    away = timedelta(hours=between(throw, 3, 9))
    left_before = she is not None and throw.random() < COME_BACK_SHARE and order.at - away >= since
    leaves_at = order.at - (away if left_before else timedelta(seconds=between(throw, 60, 120)))
    starts_at = leaves_at - timedelta(minutes=between(throw, 5, 40))
    visit = Visit(f"visit-{order.number}", _seen_as(order, she, throw.random() < LOGGED_IN_SHARE), throw)
    yield visit.arrives(starts_at)
    yield from visit.fills(cart, lines, starts_at + timedelta(seconds=20), leaves_at)
    if left_before:
        yield visit.returns_to(cart, order.at - timedelta(minutes=6))
    if she:
        yield Moment(order.at - timedelta(seconds=50), partial(_logs_in, she, order))
    yield visit.checks_out(cart, lines, order.at - timedelta(seconds=45))


def _seen_as(order: Invoice, she: Person | None, logged_in: bool) -> Who:
    if she is None:
        return buyer(order)
    return Who(she.user_id, she.device) if logged_in else Who(None, she.device)


def _logs_in(she: Person, order: Invoice) -> dict[str, object]:
    return identify(Who(she.user_id, she.device), f"login/{order.number}", she.traits(order.country))
