"""What happened to a product between two looks, and which journeys it is an occasion for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from hourglass.journeys.ways.way import OnProduct
from hourglass.kernel import to_major


class News(Struct, frozen=True, kw_only=True):
    """One change of one product; prices in minor units of the currency."""

    id: int
    product_id: str
    at: datetime
    is_new: bool
    old_price: int | None = None
    price: int | None = None
    currency: str | None = None
    old_stock: int | None = None
    stock: int | None = None
    was_available: bool | None = None
    available: bool | None = None
    old_regions: list[str] | None = None
    regions: list[str] | None = None

    def fits(self, way: OnProduct) -> bool:
        """Whether a journey waits for exactly this."""
        match way.change:
            case "price_drop":
                return self._dropped(way)
            case "back_in_stock":
                back = self.was_available is False and self.available is True
                return back or (way.region is not None and self.available is True and bool(self.came_to()))
            case "low_stock":
                before = self.old_stock is None or self.old_stock >= way.below
                return before and self.stock is not None and 0 < self.stock < way.below
            case "new":
                return self.is_new

    def came_to(self) -> list[str] | None:
        """The regions where it can be bought again; None where nobody tells of regions."""
        if self.regions is None:
            return None
        before = self.regions if self.old_regions is None else self.old_regions
        gone = self.was_available is False
        return [name for name in self.regions if gone or name not in before]

    def _dropped(self, way: OnProduct) -> bool:
        if self.price is None or self.old_price is None or self.currency is None or self.price >= self.old_price:
            return False
        drop = self.old_price - self.price
        return drop >= self.old_price * way.share and to_major(drop, self.currency) >= way.amount

    def told(self, way: OnProduct) -> dict[str, Any]:
        """What templates read of it, with prices as people read them."""
        facts: dict[str, Any] = {"product_id": self.product_id, "change": way.change, "stock": self.stock}
        for name, minor in (("price", self.price), ("old_price", self.old_price)):
            if minor is not None and self.currency is not None:
                facts[name] = float(to_major(minor, self.currency))
        return facts | {"currency": self.currency}


def joined(news: Iterable[News]) -> list[News]:
    """Several changes of one product as one: how it was before the first, how it is after the last."""
    found: dict[str, News] = {}
    for one in sorted(news, key=lambda one: one.id):
        first = found.get(one.product_id)
        found[one.product_id] = one if first is None else _over(first, one)
    return list(found.values())


def _over(first: News, last: News) -> News:
    return replace(
        last,
        is_new=first.is_new,
        old_price=first.old_price if first.currency == last.currency else last.old_price,
        old_stock=first.old_stock,
        was_available=first.was_available,
        old_regions=first.old_regions,
    )
