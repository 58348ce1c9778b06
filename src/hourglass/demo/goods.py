"""Products on events: the shop's stock codes, names and prices, as lines of an order or as something looked at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from random import Random
from typing import Any

import msgspec

from hourglass.demo.categories import category_of
from hourglass.demo.chance import pick
from hourglass.demo.retail import Invoice, Line

# Real products have five digits; the rest are postage, samples, fees and corrections by hand.
_PRODUCT = re.compile(r"\d{5}")
SHOP = "https://shop.example.com"
# An event may have 32 KB; what stands around the lines needs less than two.
_LINES_BYTES = 30 * 1024

Product = dict[str, Any]


def product(line: Line, quantity: int | None = None) -> Product:
    """A line as Segment's product object; `price` is for one, in pounds. The file shouts; a letter does not."""
    count = {} if quantity is None else {"quantity": quantity}
    return {
        "product_id": line.stock_code,
        "name": line.name.capitalize(),
        "category": category_of(line.name),
        "price": line.price / 1000,
        **count,
    }


def looked_at(line: Line) -> Product:
    """A product as a page shows it, with its address."""
    return {**product(line), "currency": "GBP", "url": f"{SHOP}/products/{line.stock_code}"}


def product_lines(lines: Iterable[Line]) -> dict[str, Any]:
    """`products` of an order; a huge wholesale order keeps the lines worth most and says how many it left out."""
    full = [product(line, abs(line.quantity)) for line in lines]
    if len(full) < 100 or len(msgspec.json.encode(full)) <= _LINES_BYTES:
        return {"products": full}
    worth_most = sorted(full, key=lambda item: item["price"] * item["quantity"], reverse=True)
    short = [{key: item[key] for key in ("product_id", "price", "quantity")} for item in worth_most]
    kept = _fitting(short)
    omitted = {"products_omitted": len(full) - len(kept)} if len(kept) < len(full) else {}
    return {"products": kept, **omitted}


def _fitting(items: list[Product]) -> list[Product]:
    left = _LINES_BYTES
    for place, item in enumerate(items):
        left -= len(msgspec.json.encode(item)) + 1
        if left < 0:
            return items[:place]
    return items


class Shelf:
    """What people look at: picked as often as it is really bought."""

    def __init__(self, orders: Sequence[Invoice]) -> None:
        self._lines = [line for order in orders for line in order.goods if _sold(line)]

    def pick(self, throw: Random, count: int) -> list[Line]:
        """Up to `count` different products."""
        return list({line.stock_code: line for line in (pick(throw, self._lines) for _ in range(count))}.values())


def products_of(order: Invoice) -> list[Line]:
    """The different real products of an order, in its own sequence."""
    return list({line.stock_code: line for line in order.goods if _sold(line)}.values())


def _sold(line: Line) -> bool:
    return line.price > 0 and _PRODUCT.match(line.stock_code) is not None
