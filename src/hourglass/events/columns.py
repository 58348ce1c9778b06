"""Well-known shop properties as typed columns: what conditions and reports ask most must not hide in JSON."""

from __future__ import annotations

from typing import Any

from hourglass.events.event import Dropped, Event
from hourglass.kernel import to_minor

_ID_LENGTH = 255
_QUANTITY_LIMIT = 2**31 - 1
_ORDERS = frozenset(("Order Completed", "Order Updated", "Order Refunded", "Order Cancelled"))


def typed_columns(event: Event) -> Event | Dropped:
    """Fill the columns from the properties; absurd values stay out of them (and in the properties)."""
    properties = event.properties
    if not properties:
        return event
    get = properties.get
    if "order_id" in properties:
        event.order_id = _id(get("order_id"))
    if "product_id" in properties or "sku" in properties:
        event.product_id = _id(get("product_id")) or _id(get("sku"))
    if "category" in properties:
        event.category = _id(get("category"))
    if "quantity" in properties:
        event.quantity = _whole(get("quantity"))
    if "revenue" in properties or "total" in properties:
        _revenue(event, properties)
    return event


def _revenue(event: Event, properties: dict[str, Any]) -> None:
    """`total` stands in for `revenue` on orders only; elsewhere it may total anything."""
    currency = properties.get("currency")
    if isinstance(currency, str) and len(currency) == 3 and currency.isascii() and currency.isalpha():
        event.currency = currency.upper()
    amount = properties.get("revenue")
    if amount is None and event.name in _ORDERS:
        amount = properties.get("total")
    if amount is not None:
        event.revenue = to_minor(amount, event.currency)


def _id(value: Any) -> str | None:
    if type(value) is int:
        value = str(value)
    return value if isinstance(value, str) and 0 < len(value) <= _ID_LENGTH else None


def _whole(value: Any) -> int | None:
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if -_QUANTITY_LIMIT <= number <= _QUANTITY_LIMIT else None
