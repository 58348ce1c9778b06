"""What one event says: its lines, its properties, and whether comparisons hold of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.audience.oracle.comparisons import compare, number
from tests.audience.oracle.people import Told, World, as_text

_ORDERS = {"Order Completed", "Order Updated", "Order Refunded", "Order Cancelled"}
_LINES = "products."


def lines(event: Told) -> list[dict[str, Any]]:
    products = event.properties.get("products")
    found = [line if isinstance(line, dict) else {} for line in products] if isinstance(products, list) else []
    return found or [{}]


def where(tests: list[dict[str, Any]] | None, event: Told, line: dict[str, Any], world: World) -> bool:
    return all(
        compare(test.get("op", "equals"), property_of(event, line, test["property"], world), test.get("value"), world)
        for test in tests or []
    )


def property_of(event: Told, line: dict[str, Any], name: str, world: World) -> Any:
    """A moment, an exact number for what is typed, a text for the rest."""
    if name == "at":
        return event.at
    if name == "products.amount":
        price, quantity = number(as_text(line.get("price"))), number(as_text(line.get("quantity")))
        return None if price is None else price * (1 if quantity is None else quantity)
    if name.startswith(_LINES):
        return as_text(line.get(name.removeprefix(_LINES)))
    if name == "revenue":
        return _revenue(event, world)
    if name == "quantity":
        return None if event.properties.get("quantity") is None else Fraction(int(event.properties["quantity"]))
    return as_text(event.properties.get(name))


def _revenue(event: Told, world: World) -> Fraction | None:
    """In whole units, where it is the workspace's currency; an order's total stands in for it."""
    if event.properties.get("currency", world.currency).upper() != world.currency:
        return None
    amount = event.properties.get("revenue")
    if amount is None and event.name in _ORDERS:
        amount = event.properties.get("total")
    return None if amount is None else Fraction(round(Fraction(str(amount)) * 10**world.digits), 10**world.digits)
