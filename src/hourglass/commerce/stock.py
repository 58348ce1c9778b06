"""What is in stock, as events tell it: the latest word counts, and when a product came back after it was sold out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from msgspec import Struct
from psycopg.types.json import Jsonb

from hourglass.commerce.lines import products_of, word
from hourglass.events import Event
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("stock.sql"))
CATALOGUE = "Product Updated"
"""A product as it is now. Only here `quantity` is what is in stock; elsewhere it is what somebody took."""

_PIECES, _WORDS = ("stock", "stock_quantity"), ("availability", "available", "in_stock")
_REGIONS = "regions"
_TELLING = frozenset((*_PIECES, *_WORDS, _REGIONS))
_MOST_REGIONS = 500
_MOST = 2**31 - 1
_STALE = timedelta(minutes=1)
"""The same word again is written once in so long: else every view of a product would be a write."""
# Google's, Facebook's and schema.org's words, with or without the address before them.
_IN = frozenset(("instock", "limitedavailability", "onlineonly", "instoreonly", "available", "true", "yes"))
_OUT = frozenset(("outofstock", "soldout", "discontinued", "unavailable", "false", "no"))
_LETTERS = re.compile(r"[^a-z]")


class Word(Struct, frozen=True):
    """One word about a product."""

    at: datetime
    message_id: str
    stock: int | None
    available: bool
    regions: list[str] | None = None
    """Where it can be bought, in small letters and sorted; None: nothing is said of that."""


class Shelf(Struct, kw_only=True):
    """What is known of one product."""

    id: str
    stock: int | None
    available: bool | None
    stock_at: datetime | None
    restocked_at: datetime | None
    regions: list[str] | None = None


def learn_stock(events: Sequence[Event], tx: Transaction, workspace_id: WorkspaceId) -> None:
    """Bring the stock up to date. The products themselves are known by now."""
    told: dict[str, list[Word]] = {}
    for product_id, one in _words(events):
        told.setdefault(product_id, []).append(one)
    if not told:
        return
    shelves = _queries.rows(tx, "shelves", Shelf, workspace_id=workspace_id, ids=sorted(told))
    changed = [shelf for shelf in shelves if hear(shelf, told[shelf.id])]
    if changed:
        _queries.execute(
            tx,
            "put",
            workspace_id=workspace_id,
            ids=[shelf.id for shelf in changed],
            stocks=[shelf.stock for shelf in changed],
            availables=[shelf.available for shelf in changed],
            ats=[shelf.stock_at for shelf in changed],
            restocked=[shelf.restocked_at for shelf in changed],
            regions=[None if shelf.regions is None else Jsonb(shelf.regions) for shelf in changed],
        )


def hear(shelf: Shelf, words: Sequence[Word]) -> bool:
    """Take in what was said; whether it has to be written. What comes later than a word of a later time is left out."""
    before, heard_at = (shelf.stock, shelf.available, shelf.restocked_at, shelf.regions), shelf.stock_at
    for one in sorted(words, key=lambda word: (word.at, word.message_id)):
        if shelf.stock_at is not None and one.at < shelf.stock_at:
            continue
        if shelf.available is False and one.available:
            shelf.restocked_at = one.at
        shelf.stock, shelf.available, shelf.stock_at = one.stock, one.available, one.at
        shelf.regions = shelf.regions if one.regions is None else one.regions
    if before != (shelf.stock, shelf.available, shelf.restocked_at, shelf.regions):
        return True
    return heard_at is not None and shelf.stock_at is not None and shelf.stock_at - heard_at > _STALE


def _words(events: Sequence[Event]) -> Iterator[tuple[str, Word]]:
    for event in events:
        catalogue = event.name == CATALOGUE
        for told in (event.properties, *products_of(event)) if "products" in event.properties else (event.properties,):
            if not catalogue and _TELLING.isdisjoint(told):
                continue
            product_id, found = word(told.get("product_id")) or word(told.get("sku")), _stock(told, catalogue=catalogue)
            if product_id is not None and found is not None:
                yield product_id, Word(event.at, event.message_id, *found)


def _stock(told: Mapping[str, Any], *, catalogue: bool) -> tuple[int | None, bool, list[str] | None] | None:
    """Pieces, whether it can be bought, and where; None where nothing is said. A word outweighs a number."""
    names = (*_PIECES, "quantity") if catalogue else _PIECES
    stock = next((number for name in names if (number := _whole(told.get(name))) is not None), None)
    said = next((one for name in _WORDS if (one := _available(told.get(name))) is not None), None)
    regions = _regions(told.get(_REGIONS))
    available = (
        said if said is not None else stock > 0 if stock is not None else None if regions is None else bool(regions)
    )
    return None if available is None else (stock, available, regions)


def _regions(told: Any) -> list[str] | None:
    """`[Almaty, Astana]`, or `{Almaty: 4, Astana: 0}` with the pieces of each; where none is left, it is gone."""
    if isinstance(told, dict):
        pieces = cast("dict[str, Any]", told)
        told = [name for name, value in pieces.items() if value is True or (_whole(value) or 0) > 0]
    if not isinstance(told, list):
        return None
    names = {name.strip().lower() for name in cast("list[Any]", told) if isinstance(name, str) and "\0" not in name}
    return sorted(names - {""})[:_MOST_REGIONS]


def _whole(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = int(float(value))
    except (ValueError, OverflowError):
        return None
    return max(number, 0) if number <= _MOST else None


def _available(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return None
    plain = _LETTERS.sub("", value.rpartition("/")[2].lower())
    return True if plain in _IN else False if plain in _OUT else None
