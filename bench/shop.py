"""A shop made from a seed: people with a past, definitions that watch them, and the events of a busy hour."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from hourglass import definitions
from hourglass.audience import SEGMENT
from hourglass.definitions import Kinds
from hourglass.events import envelope
from hourglass.journeys import JOURNEY
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Database

SHOP = WorkspaceId(1)
NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
CATEGORIES = ["shoes", "hats", "bags", "tea", "toys", "books", "garden", "kitchen"]
NAMES = ("Product Viewed", "Product Added", "Checkout Started", "Order Completed", "Products Searched")
_WEIGHTS = (60, 18, 7, 6, 9)

_FILLING = Path(__file__).with_name("shop.sql")


def populate(database: Database, people: int, each: int) -> None:
    """Fill a fresh database with `people` and `each` past events of theirs."""
    values = {"now": NOW, "people": people, "each": each, "names": list(NAMES), "categories": CATEGORIES}
    with database.transaction() as tx:
        for statement in _FILLING.read_text().split(";\n"):
            if statement.strip():
                used = {name: value for name, value in values.items() if f"%({name})s" in statement}
                tx.execute(statement.encode(), used)


def define(database: Database, segments: int, journeys: int) -> None:
    """Live segments and journeys of the kinds shops have."""
    kinds = Kinds([SEGMENT, JOURNEY])
    documents = [_segment(n) for n in range(segments)] + [_journey(n) for n in range(journeys)]
    with database.transaction() as tx:
        for document in documents:
            definitions.put(tx, SHOP, document, kinds=kinds, author="bench", now=NOW)


def _segment(n: int) -> dict[str, Any]:
    category = CATEGORIES[n % len(CATEGORIES)]
    often = 1 + n // 5
    shapes: list[dict[str, Any]] = [
        {"event": "Order Completed", "value": often, "within": f"{30 + n}d"},
        {"event": "Order Completed", "measure": {"sum": "revenue"}, "value": 50 * (n + 1), "within": "180d"},
        {
            "all": [
                {
                    "event": "Product Viewed",
                    "where": [{"property": "category", "value": category}],
                    "value": often,
                    "within": "30d",
                },
                {"not": {"event": "Order Completed", "within": f"{7 + n}d"}},
            ]
        },
        {"all": [{"trait": "city", "value": "Almaty"}, {"event": "Product Added", "value": often, "within": "60d"}]},
        {
            "any": [
                {"event": "Checkout Started", "value": often, "within": "30d"},
                {"trait": "age", "op": "more_than", "value": 60 + n % 15},
            ]
        },
    ]
    return {"kind": "segment", "key": f"segment-{n}", "when": shapes[n % len(shapes)]}


def _journey(n: int) -> dict[str, Any]:
    entry = ("Product Added", "Checkout Started", "Order Completed")[n % 3]
    return {
        "kind": "journey",
        "key": f"journey-{n}",
        "entry": {"event": entry, "where": [{"property": "category", "value": CATEGORIES[n % len(CATEGORIES)]}]},
        "reentry": {"after": "7d"},
        "exit_when": {"event": "Order Completed"} if entry != "Order Completed" else {"event": "Order Cancelled"},
        "steps": [{"wait": "1h"}, {"send": {"channel": "email", "template": "hello"}}],
    }


def envelopes(people: int, count: int, seed: int = 7) -> Iterator[bytes]:
    """The events of a busy hour: mostly known people, some new visitors."""
    draw = Random(seed)
    for n in range(count):
        person = 1 + draw.randrange(people)
        at = NOW - timedelta(seconds=draw.randrange(60))
        known = {"userId": f"u{person}", "anonymousId": f"a{person}"}
        # A browser that knows its user says so in every call; the others are visitors with a few events each.
        who = known if draw.random() < 0.85 else {"anonymousId": f"visitor{seed}-{draw.randrange(count // 20)}"}
        body: dict[str, Any] = {"messageId": f"{seed}-{n}", "timestamp": at.isoformat(), **who}
        name = draw.choices(NAMES, _WEIGHTS)[0]
        sku = draw.randrange(5000)
        price = (100 + sku * 37 % 8900) / 100
        properties: dict[str, Any] = {
            "product_id": f"sku{sku}",
            "category": CATEGORIES[sku % len(CATEGORIES)],
            "name": f"Nice thing {sku}",
            "price": price,
            "quantity": 1,
            "currency": "EUR",
        }
        if name == "Order Completed":
            lines = [{**properties, "quantity": 2}]
            properties = {"order_id": f"o{seed}-{n}", "revenue": price * 2, "currency": "EUR", "products": lines}
        elif name in ("Product Added", "Checkout Started"):
            properties["cart_id"] = f"cart-{who.get('userId') or who['anonymousId']}"
        body |= {"event": name, "properties": properties}
        yield envelope("track", body)
