"""Fifty different segments of the kinds that shops have, for the benches of the audience."""

from __future__ import annotations

from typing import Any

from bench.segments_lake import CITIES
from bench.shop import CATEGORIES

_TEN = 10


def conditions(count: int) -> dict[str, Any]:
    """`count` documents by key, no two alike."""
    return {f"segment-{n}": _shape(n % _TEN, n // _TEN) for n in range(count)}


def _shape(kind: int, k: int) -> dict[str, Any]:
    """`k` moves windows and numbers, so that conditions of one kind share as little as in a real shop."""
    category, city = CATEGORIES[k % len(CATEGORIES)], CITIES[k % len(CITIES)]
    shapes: list[dict[str, Any]] = [
        {"event": "Order Completed", "value": 1 + k % 4, "within": f"{30 + 30 * k}d"},
        {"event": "Order Completed", "measure": {"sum": "revenue"}, "value": 50 * (k + 1), "within": f"{180 + k}d"},
        {
            "all": [
                {
                    "event": "Product Viewed",
                    "where": [{"property": "category", "value": category}],
                    "value": 2 + k // 5,
                    "within": "30d",
                },
                {"not": {"event": "Order Completed", "within": f"{7 + k}d"}},
            ]
        },
        {"all": [{"trait": "city", "value": city}, {"event": "Product Added", "value": 2, "within": f"{60 + k}d"}]},
        {
            "any": [
                {"event": "Checkout Started", "value": 1 + k, "within": "30d"},
                {"event": "Products Searched", "value": 3, "within": f"{14 + k}d"},
            ]
        },
        {"event": "Product Viewed", "measure": {"distinct": "product_id"}, "value": 3 + k, "within": f"{60 + k // 5}d"},
        {"event": "Order Completed", "measure": {"days_since": True}, "op": "at_least", "value": 60 + 20 * k},
        {
            "event": "Product Added",
            "measure": {"last": "category"},
            "op": "equals",
            "value": category,
            "until": f"2026-05-{20 + k // 8:02}T00:00:00Z",
        },
        {
            "event": "Product Added",
            "where": [{"property": "brand", "value": f"brand {k}"}],
            "within": f"{90 + k // 5}d",
        },
        {
            "all": [
                {"event": "Order Completed", "op": "exactly", "value": 1 + k // 5},
                {"not": {"event": "Message Opened", "within": f"{30 + k}d"}},
            ]
        },
    ]
    return shapes[kind]
