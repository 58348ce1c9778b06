"""Lines: one product with quantity and price, as carts and orders keep them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

import msgspec
from msgspec import Struct

from hourglass.events import Event
from hourglass.kernel import to_minor

_LONGEST_ID = 255
_LONGEST_TEXT = 1000
_MOST_PIECES = 1_000_000


class Line(Struct, kw_only=True, omit_defaults=True, gc=False):
    """`price` is for one piece, in minor units of the cart's or order's currency; `at` epoch seconds."""

    product_id: str
    name: str | None = None
    variant: str | None = None
    category: str | None = None
    quantity: int = 1
    price: int | None = None
    image_url: str | None = None
    url: str | None = None
    at: float = 0.0
    """When it was put into the cart; orders have none."""

    @property
    def key(self) -> tuple[str, str]:
        """What makes two lines the same line."""
        return self.product_id, self.variant or ""

    @property
    def value(self) -> int:
        """Price of all pieces."""
        return (self.price or 0) * self.quantity


encode_lines = msgspec.json.Encoder().encode
"""Lines as a row keeps them."""


def line_of(told: Mapping[str, Any], currency: str, at: float = 0.0) -> Line | None:
    """A product object of the e-commerce vocabulary as a line; None when it names no product."""
    product_id = word(told.get("product_id")) or word(told.get("sku"))
    if product_id is None:
        return None
    return Line(
        product_id=product_id,
        name=text(told.get("name")),
        variant=text(told.get("variant")),
        category=text(told.get("category")),
        quantity=pieces(told.get("quantity")) or 1,
        price=to_minor(told.get("price"), currency),
        image_url=text(told.get("image_url")),
        url=text(told.get("url")),
        at=at,
    )


def lines_of(event: Event, currency: str, at: float = 0.0) -> list[Line]:
    """The lines of `products`; the same product twice is one line."""
    lines: dict[tuple[str, str], Line] = {}
    for told in products_of(event):
        line = line_of(told, currency, at)
        if line is not None:
            known = lines.setdefault(line.key, line)
            if known is not line:
                known.quantity += line.quantity
    return list(lines.values())


def products_of(event: Event) -> Iterable[Mapping[str, Any]]:
    """The product objects of an event, if `products` is what it should be."""
    products = event.properties.get("products")
    if not isinstance(products, list):
        return ()
    return (cast("dict[str, Any]", one) for one in cast("list[Any]", products) if isinstance(one, dict))


def currency_of(event: Event) -> str:
    """The event's own currency, else the workspace's."""
    stated = event.properties.get("currency")
    return stated.upper() if isinstance(stated, str) and len(stated) == 3 and stated.isalpha() else event.currency


def seconds(at: datetime) -> float:
    """The moment as lines keep it."""
    return at.timestamp()


def word(value: Any) -> str | None:
    """An id as text, numbers by their digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return value if isinstance(value, str) and 0 < len(value) <= _LONGEST_ID else None


def text(value: Any) -> str | None:
    """What a person reads, cut where it would not end."""
    return value[:_LONGEST_TEXT] if isinstance(value, str) and value else None


def pieces(value: Any) -> int | None:
    """A positive number of pieces."""
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if 0 < number <= _MOST_PIECES else None
