"""Which properties are typed columns, here and in the lake; all others live in the JSON of the event."""

from __future__ import annotations

import polars as pl

TYPED: dict[str, pl.DataType] = {
    "order_id": pl.String(),
    "product_id": pl.String(),
    "category": pl.String(),
    "quantity": pl.Int32(),
    "revenue": pl.Int64(),
}

MONEY = frozenset({"revenue"})
"""Columns in minor units of the workspace currency."""
