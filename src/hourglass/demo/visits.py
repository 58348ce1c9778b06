"""What a visit to the shop is made of, all made up: pages, products looked at, carts filled, checkouts begun."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from random import Random

from msgspec import Struct

from hourglass.demo.chance import between, weighted
from hourglass.demo.goods import SHOP, looked_at, product
from hourglass.demo.retail import CURRENCY, Line
from hourglass.demo.telling import Moment, Who, page, track

_SOURCES = (
    ("", 40),
    ("https://search.example/?q=gifts", 30),
    ("https://pictures.example/boards/christmas", 15),
    ("https://news.example/gift-guide", 15),
)


class Visit(Struct, frozen=True):
    """One person on one device; `key` tells this visit from all others."""

    key: str
    who: Who
    throw: Random

    def arrives(self, at: datetime) -> Moment:
        """The first page, with where she came from."""
        source = weighted(self.throw, _SOURCES)
        properties = {"url": f"{SHOP}/", "path": "/", "title": "Gifts for every day", "referrer": source}
        return Moment(at, partial(page, self.who, self.key, "Home", properties))

    def looks(self, lines: Sequence[Line], start: datetime, end: datetime) -> Iterator[Moment]:
        """Product Viewed for each, spread over the time."""
        for at, line in zip(spread(self.throw, start, end, len(lines)), lines, strict=True):
            yield Moment(at, partial(self._viewed, line))

    def fills(self, cart: str, lines: Sequence[Line], start: datetime, end: datetime) -> Iterator[Moment]:
        """Each product is looked at and soon after put into the cart."""
        for at, line in zip(spread(self.throw, start, end, len(lines)), lines, strict=True):
            yield Moment(at, partial(self._viewed, line))
            yield Moment(at + timedelta(seconds=between(self.throw, 3, 9)), partial(self._added, cart, line))

    def returns_to(self, cart: str, at: datetime) -> Moment:
        """She opens a cart she had left."""
        return Moment(at, partial(track, self.who, "Cart Viewed", f"{self.key}/back", {"cart_id": cart}))

    def checks_out(self, cart: str, lines: Sequence[Line], at: datetime) -> Moment:
        """She begins to pay."""
        value = sum(line.price * max(line.quantity, 1) for line in lines) / 1000
        properties = {"cart_id": cart, "value": round(value, 2), "currency": CURRENCY, "products_count": len(lines)}
        return Moment(at, partial(track, self.who, "Checkout Started", self.key, properties))

    def _viewed(self, line: Line) -> dict[str, object]:
        return track(self.who, "Product Viewed", f"{self.key}/{line.stock_code}", looked_at(line))

    def _added(self, cart: str, line: Line) -> dict[str, object]:
        properties = {"cart_id": cart, **product(line, max(line.quantity, 1)), "currency": CURRENCY}
        return track(self.who, "Product Added", f"{self.key}/{line.stock_code}", properties)


def spread(throw: Random, start: datetime, end: datetime, count: int) -> list[datetime]:
    """So many moments between the two, in order."""
    span = end - start
    return sorted(start + span * throw.random() for _ in range(count))
