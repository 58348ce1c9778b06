"""The catalogue as events tell it: of each product the latest word on every field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from hourglass.commerce.lines import currency_of, products_of, text, word
from hourglass.events import Event
from hourglass.kernel import WorkspaceId, to_minor
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("products.sql"))
_ONE = frozenset(("Product Viewed", "Product Clicked", "Product Added", "Product Added to Wishlist", "Product Updated"))
_MANY = frozenset(("Product List Viewed", "Cart Viewed", "Cart Updated", "Checkout Started", "Order Completed"))


class _Sighting(Struct, gc=False):
    """What an event says about a product, unread: most are overtaken within the batch."""

    at: datetime
    told: Mapping[str, Any]
    event: Event
    """The one that told it last: its prices are in that event's currency."""


def learn_products(events: Sequence[Event], tx: Transaction, workspace_id: WorkspaceId) -> None:
    """Bring the catalogue up to date; a field that the latest event leaves out keeps its value."""
    seen = _latest(events)
    if not seen:
        return
    ids = sorted(seen)
    sightings = [seen[one] for one in ids]
    told = [one.told for one in sightings]
    currencies = [currency_of(one.event) for one in sightings]
    prices = [to_minor(one.told.get("price"), currency) for one, currency in zip(sightings, currencies, strict=True)]
    _queries.execute(
        tx,
        "learn",
        workspace_id=workspace_id,
        ids=ids,
        names=[text(one.get("name")) for one in told],
        categories=[text(one.get("category")) for one in told],
        brands=[text(one.get("brand")) for one in told],
        prices=prices,
        currencies=[None if price is None else one for one, price in zip(currencies, prices, strict=True)],
        images=[text(one.get("image_url")) for one in told],
        urls=[text(one.get("url")) for one in told],
        moments=[round(one.at.timestamp() * 1_000_000) for one in sightings],
    )


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
        latest[product_id] = _Sighting(event.at, told, event)
    elif event.at >= known.at:
        # What the later event leaves out stays as it was; most say the same fields again.
        known.told = told if known.told.keys() <= told.keys() else {**known.told, **told}
        known.at, known.event = event.at, event
