"""An event in a few words."""

from __future__ import annotations

from typing import Any

import pytest

from hourglass.history import summary


@pytest.mark.parametrize(
    ("properties", "words"),
    [
        ({"name": "Tea towel", "price": 1.25, "currency": "GBP"}, "Tea towel · 1.25 GBP"),
        (
            {"order_id": "581587", "products": [{}, {}], "revenue": 339.2, "currency": "GBP"},
            "581587 · × 2 · 339.20 GBP",
        ),
        ({"order_id": "7", "revenue": 1200, "currency": "JPY"}, "7 · 1200 JPY"),
        ({"order_id": "7", "revenue": "12,40", "currency": "EUR"}, "7 · 12,40 EUR"),
        ({"order_id": "7", "revenue": 5}, "7 · 5"),
        ({}, ""),
    ],
)
def test_an_event_in_a_few_words(properties: dict[str, Any], words: str) -> None:
    assert summary(properties) == words
