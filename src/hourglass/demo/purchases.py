"""The real part of the story: orders as the shop wrote them, and what was cancelled or given back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from hourglass.demo.goods import product_lines
from hourglass.demo.refunds import Refund
from hourglass.demo.retail import CURRENCY, POSTAGE, Invoice, pounds
from hourglass.demo.telling import Moment, Told, Who, track

_CATEGORIES: dict[str, Any] = {"generated_fields": ["products.category"]}
_CATEGORIES_AND_CART: dict[str, Any] = {"generated_fields": ["products.category", "cart_id"]}


def buyer(invoice: Invoice) -> Who:
    """The customer, or a guest who is nobody but this one invoice."""
    return Who(invoice.customer) if invoice.customer else Who(None, f"guest-{invoice.number}")


def orders(invoices: Iterable[Invoice], carts: dict[str, str]) -> Iterator[Moment]:
    """Order Completed for each; `carts` gives the made-up cart of an order where it has one."""
    return (Moment(order.at, partial(_completed, order, carts.get(order.number)), real=True) for order in invoices)


def given_back(refunds: Iterable[Refund]) -> Iterator[Moment]:
    """Order Cancelled where the whole order was undone, Order Refunded where a part was."""
    return (Moment(refund.cancellation.at, partial(_refunded, refund), real=True) for refund in refunds)


def _completed(order: Invoice, cart: str | None) -> Told:
    total = pounds(order.total)
    properties = {
        "order_id": order.number,
        # The invoice's whole sum; the shop sold postage as a line, `shipping` says how much of the sum it was.
        "revenue": total,
        "total": total,
        "shipping": pounds(sum(line.amount for line in order.lines if line.stock_code in POSTAGE)),
        "currency": CURRENCY,
        "country": order.country,
        **({} if cart is None else {"cart_id": cart}),
        **product_lines(order.goods),
    }
    context = _CATEGORIES if cart is None else _CATEGORIES_AND_CART
    return track(buyer(order), "Order Completed", order.number, properties, context)


def _refunded(refund: Refund) -> Told:
    number = refund.order.number if refund.order else ""
    properties = {
        **({"order_id": number} if number else {}),
        "refund_id": refund.cancellation.number,
        "total": pounds(refund.total),
        "currency": CURRENCY,
        **product_lines(refund.lines),
    }
    name = "Order Cancelled" if refund.whole else "Order Refunded"
    return track(buyer(refund.cancellation), name, refund.key, properties, _CATEGORIES)
