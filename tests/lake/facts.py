"""Events as a tick hands them to the lake, made up for the tests."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import polars as pl

from hourglass.lake import EVENT_COLUMNS

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
NAMES = ("Page Viewed", "Product Viewed", "Product Added", "Order Completed")


def row(number: int, **other: Any) -> dict[str, Any]:
    """One event; `other` replaces columns."""
    chance = Random(number)
    properties = {"product_id": f"sku-{chance.randrange(500)}", "name": "WHITE HANGING HEART", "price": 2.55}
    fields: dict[str, Any] = {
        "workspace_id": 1,
        "profile_id": 1000 + number % 50,
        "identity_id": 2000 + number % 50,
        "event": NAMES[number % len(NAMES)],
        "kind": "track",
        "message_id": f"message-{number}",
        "seq": number,
        "at": NOW - timedelta(minutes=number),
        "received_at": NOW,
        "order_id": f"order-{number}" if number % len(NAMES) == 3 else None,
        "product_id": properties["product_id"],
        "category": "Home",
        "quantity": 1 + number % 3,
        "revenue": 1899 if number % len(NAMES) == 3 else None,
        "currency": "EUR",
        "properties": json.dumps(properties),
        "traits": "{}",
        "context": json.dumps({"ip": "203.0.113.7"}),
        "historical": False,
    }
    return fields | other


def events(count: int, start: int = 0, **other: Any) -> pl.DataFrame:
    """Events with the numbers from `start` on."""
    return pl.DataFrame([row(start + number, **other) for number in range(count)], schema=EVENT_COLUMNS)


def ids(count: int, start: int = 0) -> list[str]:
    """The messageIds of `events`, sorted."""
    return sorted(f"message-{start + number}" for number in range(count))
