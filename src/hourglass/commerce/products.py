"""The catalogue as events tell it: of each product the latest word on every field."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from hourglass.commerce.lines import currency_of, products_of, text, word
from hourglass.events import Event
from hourglass.kernel import WorkspaceId, to_minor
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("products.sql"))
_ONE = frozenset(("Product Viewed", "Product Clicked", "Product Added", "Product Added to Wishlist"))
_MANY = frozenset(("Product List Viewed", "Cart Viewed", "Cart Updated", "Checkout Started", "Order Completed"))
_REPEATED = timedelta(days=1)
"""That a product is still the same is written down once in so long: else every view of it would be a write."""


class Product(Struct, frozen=True, kw_only=True):
    """An article of the catalogue; `price` in minor units of `currency`."""

    id: str
    name: str | None = None
    category: str | None = None
    brand: str | None = None
    price: int | None = None
    currency: str | None = None
    image_url: str | None = None
    url: str | None = None
    updated_at: datetime


class _Sighting(Struct, gc=False):
    """What an event says about a product, unread: most are overtaken within the batch."""

    at: datetime
    told: Mapping[str, Any]
    currency: str


def learn_products(events: Sequence[Event], tx: Transaction, workspace_id: WorkspaceId) -> None:
    """Bring the catalogue up to date; a field that the latest event leaves out keeps its value."""
    seen = {product.id: product for product in _read(_latest(events))}
    if not seen:
        return
    known = {one.id: one for one in _queries.rows(tx, "known", Product, workspace_id=workspace_id, ids=sorted(seen))}
    news = [_joined(product, known.get(key)) for key, product in sorted(seen.items())]
    _put(tx, workspace_id, [product for product in news if _is_news(product, known.get(product.id))])


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
        latest[product_id] = _Sighting(event.at, {**known.told, **told}, currency_of(event))


def _read(sightings: Mapping[str, _Sighting]) -> Iterable[Product]:
    for product_id, one in sightings.items():
        told = one.told
        price = to_minor(told.get("price"), one.currency)
        yield Product(
            id=product_id,
            name=text(told.get("name")),
            category=text(told.get("category")),
            brand=text(told.get("brand")),
            price=price,
            currency=None if price is None else one.currency,
            image_url=text(told.get("image_url")),
            url=text(told.get("url")),
            updated_at=one.at,
        )


def _joined(seen: Product, known: Product | None) -> Product:
    if known is None:
        return seen
    newer, older = (seen, known) if seen.updated_at >= known.updated_at else (known, seen)
    filled = {
        name: getattr(older, name)
        for name in ("name", "category", "brand", "price", "currency", "image_url", "url")
        if getattr(newer, name) is None
    }
    return structs.replace(newer, **filled) if filled else newer


def _is_news(product: Product, known: Product | None) -> bool:
    if known is None:
        return True
    same = structs.replace(product, updated_at=known.updated_at) == known
    return not same or product.updated_at - known.updated_at > _REPEATED


def _put(tx: Transaction, workspace_id: WorkspaceId, products: Sequence[Product]) -> None:
    if not products:
        return
    _queries.execute(
        tx,
        "put",
        workspace_id=workspace_id,
        ids=[one.id for one in products],
        names=[one.name for one in products],
        categories=[one.category for one in products],
        brands=[one.brand for one in products],
        prices=[one.price for one in products],
        currencies=[one.currency for one in products],
        images=[one.image_url for one in products],
        urls=[one.url for one in products],
        ats=[one.updated_at for one in products],
    )
