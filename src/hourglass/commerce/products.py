"""The catalogue as events tell it: of each product the latest word on every field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from hourglass.commerce.lines import currency_of, products_of, text, word
from hourglass.events import Event
from hourglass.kernel import WorkspaceId, to_minor
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("products.sql"))
_ONE = frozenset(("Product Viewed", "Product Clicked", "Product Added", "Product Added to Wishlist"))
_MANY = frozenset(("Product List Viewed", "Cart Viewed", "Cart Updated", "Checkout Started", "Order Completed"))
_REPEATED = timedelta(days=1)
"""That a product is still the same is written down once in so long: else every view of it would be a write."""


_COLUMNS = ("ids", "names", "categories", "brands", "prices", "currencies", "images", "urls", "ats")


class Product(NamedTuple):
    """An article of the catalogue; `price` in minor units of `currency`. A plain tuple: a batch compares thousands."""

    id: str
    name: str | None
    category: str | None
    brand: str | None
    price: int | None
    currency: str | None
    image_url: str | None
    url: str | None
    updated_at: datetime


class _Sighting(Struct, gc=False):
    """What an event says about a product, unread: most are overtaken within the batch."""

    at: datetime
    told: Mapping[str, Any]
    currency: str


def learn_products(events: Sequence[Event], tx: Transaction, workspace_id: WorkspaceId) -> None:
    """Bring the catalogue up to date; a field that the latest event leaves out keeps its value."""
    seen = _latest(events)
    if not seen:
        return
    rows = _queries.tuples(tx, "known", workspace_id=workspace_id, ids=sorted(seen))
    known = {row[0]: Product(*row) for row in rows}
    news = [_news(product, known.get(product.id)) for product in _read(seen)]
    _put(tx, workspace_id, sorted(product for product in news if product is not None))


def _latest(events: Sequence[Event]) -> dict[str, _Sighting]:
    latest: dict[str, _Sighting] = {}
    for event in events:
        if event.name in _ONE:
            _see(latest, event, event.properties)
        elif event.name in _MANY:
            for told in products_of(event):
                _see(latest, event, told)
    return latest


def _see(latest: dict[str, _Sighting], event: Event, told: Mapping[str, Any]) -> None:
    product_id = word(told.get("product_id")) or word(told.get("sku"))
    if product_id is None:
        return
    known = latest.get(product_id)
    if known is None:
        latest[product_id] = _Sighting(event.at, told, currency_of(event))
    elif event.at >= known.at:
        # What the later event leaves out stays as it was; most say the same fields again.
        known.told = told if known.told.keys() <= told.keys() else {**known.told, **told}
        known.at, known.currency = event.at, currency_of(event)


def _read(sightings: Mapping[str, _Sighting]) -> Iterator[Product]:
    for product_id, one in sightings.items():
        told = one.told.get
        price = to_minor(told("price"), one.currency)
        yield Product(
            product_id,
            text(told("name")),
            text(told("category")),
            text(told("brand")),
            price,
            None if price is None else one.currency,
            text(told("image_url")),
            text(told("url")),
            one.at,
        )


def _news(seen: Product, known: Product | None) -> Product | None:
    """The product as it is to be written; None when it is what it was."""
    if known is None:
        return seen
    newer, older = (seen, known) if seen.updated_at >= known.updated_at else (known, seen)
    fields = [new if new is not None else old for new, old in zip(newer[1:8], older[1:8], strict=True)]
    if tuple(fields) == known[1:8] and newer.updated_at - known.updated_at <= _REPEATED:
        return None
    return Product._make((seen.id, *fields, newer.updated_at))


def _put(tx: Transaction, workspace_id: WorkspaceId, products: Sequence[Product]) -> None:
    if products:
        columns = dict(zip(_COLUMNS, map(list, zip(*products, strict=True)), strict=True))
        _queries.execute(tx, "put", workspace_id=workspace_id, **columns)
