"""What was taken back, found again among what the same customer had bought before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from heapq import merge
from operator import attrgetter

import msgspec
from msgspec import Struct

from hourglass.demo.retail import Invoice, Line, Retail


class Refund(Struct, frozen=True):
    """The part of one cancellation that undoes one order; `order` is None where the purchase is not in the data."""

    cancellation: Invoice
    part: int
    """Counts the parts of a cancellation, from 0."""
    order: Invoice | None
    lines: tuple[Line, ...]
    whole: bool
    """Nothing of the order's goods is left."""

    @property
    def key(self) -> str:
        """Its name among all refunds."""
        return f"{self.cancellation.number}/{self.part}"

    @property
    def total(self) -> int:
        """What the customer gets back, in thousandths of a pound."""
        return -sum(line.amount for line in self.lines)

    def known_since(self, since: datetime) -> Refund:
        """The same for a story that begins at `since`: of an older order it has not heard."""
        told = self.order is not None and self.order.at >= since
        return self if told else msgspec.structs.replace(self, order=None, whole=False)


class _Bought(Struct):
    order: Invoice
    left: dict[str, int]


def refunds(retail: Retail) -> list[Refund]:
    """Every cancellation in one or more parts, oldest first; no line is lost or counted twice."""
    bought: dict[str, list[_Bought]] = defaultdict(list)
    found: list[Refund] = []
    for invoice in merge(retail.orders, retail.cancellations, key=attrgetter("at")):
        if invoice.number.startswith("C"):
            found.extend(_parts(invoice, bought[invoice.customer] if invoice.customer else []))
        elif invoice.customer:
            bought[invoice.customer].append(_Bought(invoice, _quantities(invoice.goods)))
    return found


def _quantities(lines: Iterable[Line]) -> dict[str, int]:
    totals: dict[str, int] = defaultdict(int)
    for line in lines:
        totals[line.stock_code] += line.quantity
    return totals


def _parts(cancellation: Invoice, purchases: list[_Bought]) -> Iterator[Refund]:
    by_order: dict[str, list[Line]] = defaultdict(list)
    for line in cancellation.lines:
        for number, found in _find(line, purchases):
            by_order[number].append(found)
    bought = {purchase.order.number: purchase for purchase in purchases if purchase.order.number in by_order}
    for part, (number, lines) in enumerate(by_order.items()):
        purchase = bought.get(number)
        order = purchase.order if purchase else None
        whole = purchase is not None and not any(purchase.left.values())
        yield Refund(cancellation=cancellation, part=part, order=order, lines=tuple(lines), whole=whole)


def _find(line: Line, purchases: list[_Bought]) -> Iterator[tuple[str, Line]]:
    """Take the quantity from the newest purchases first; what no purchase explains goes to the empty number."""
    missing = -line.quantity
    for purchase in reversed(purchases):
        taken = min(missing, purchase.left.get(line.stock_code, 0))
        if taken:
            purchase.left[line.stock_code] -= taken
            missing -= taken
            yield purchase.order.number, msgspec.structs.replace(line, quantity=-taken)
        if not missing:
            return
    yield "", msgspec.structs.replace(line, quantity=-missing)
