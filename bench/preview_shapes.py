"""Questions that marketers put to the editor, and how somebody who knows Polars would count the answer to each."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import polars as pl

from bench.segments_lake import NOW

_WHO, _moment = "profile_id", pl.col("at")
ByHand = Callable[[pl.LazyFrame, pl.LazyFrame], pl.LazyFrame]
"""Events and people (`profile_id`, `city`, `reachable`, `loyal`) to those who are meant."""


def _day(name: str, *, within: int | None = None, **more: Any) -> dict[str, Any]:
    return {"event": name, **({} if within is None else {"within": f"{within}d"}), **more}


def _told(events: pl.LazyFrame, name: str, within: int | None = None) -> pl.LazyFrame:
    told = events.filter(pl.col("event") == name)
    return told if within is None else told.filter(_moment >= NOW - timedelta(days=within))


def _often(told: pl.LazyFrame, times: int) -> pl.LazyFrame:
    return told.group_by(_WHO).len().filter(pl.col("len") >= times).select(_WHO)


def _with(column: str, name: str, value: str) -> pl.Expr:
    return pl.col(column).str.contains(f'"{name}":"{value}"', literal=True)


QUESTIONS: dict[str, tuple[dict[str, Any], ByHand]] = {
    "orders": (
        _day("Order Completed", within=90, value=2),
        lambda events, _: _often(_told(events, "Order Completed", 90), 2),
    ),
    "revenue": (
        _day("Order Completed", measure={"sum": "revenue"}, value=500),
        lambda events, _: (
            _told(events, "Order Completed").group_by(_WHO).agg(pl.sum("revenue")).filter(pl.col("revenue") >= 50_000)
        ),
    ),
    "lines": (
        _day("Order Completed", where=[{"property": "products.category", "value": "shoes"}]),
        lambda events, _: (
            _told(events, "Order Completed").filter(_with("properties", "category", "shoes")).select(_WHO).unique()
        ),
    ),
    "silence": (
        _day("Order Completed", measure={"days_since": True}, op="at_least", value=60),
        lambda events, _: (
            _told(events, "Order Completed")
            .group_by(_WHO)
            .agg(_moment.max())
            .filter(_moment <= NOW - timedelta(days=60))
        ),
    ),
    "views": (_day("Product Viewed", value=10), lambda events, _: _often(_told(events, "Product Viewed"), 10)),
    "recent views": (
        _day("Product Viewed", within=30, value=3),
        lambda events, _: _often(_told(events, "Product Viewed", 30), 3),
    ),
    "views of a category": (
        _day("Product Viewed", within=90, value=2, where=[{"property": "category", "value": "shoes"}]),
        lambda events, _: _often(_told(events, "Product Viewed", 90).filter(pl.col("category") == "shoes"), 2),
    ),
    "different products": (
        _day("Product Viewed", measure={"distinct": "product_id"}, value=8),
        lambda events, _: (
            _told(events, "Product Viewed").select(_WHO, "product_id").unique().group_by(_WHO).len()
            .filter(pl.col("len") >= 8)
        ),
    ),
    "views of a brand": (
        _day("Product Viewed", within=90, where=[{"property": "brand", "value": "brand 7"}]),
        lambda events, _: (
            _told(events, "Product Viewed", 90).filter(_with("properties", "brand", "brand 7")).select(_WHO).unique()
        ),
    ),
    "trait": (
        {"trait": "city", "value": "Almaty"},
        lambda _, people: people.filter(pl.col("city") == "Almaty"),
    ),
    "not": (
        {"all": [_day("Page Viewed", within=30, value=3), {"not": _day("Order Completed")}]},
        lambda events, _: _often(_told(events, "Page Viewed", 30), 3).join(
            _told(events, "Order Completed").select(_WHO).unique(), on=_WHO, how="anti"
        ),
    ),
    "mixed": (
        {"all": [{"trait": "city", "value": "Almaty"}, _day("Product Viewed", value=3),
                 {"not": _day("Order Completed", within=60)}]},
        lambda events, people: people.filter(pl.col("city") == "Almaty")
        .join(_often(_told(events, "Product Viewed"), 3), on=_WHO, how="semi")
        .join(_told(events, "Order Completed", 60).select(_WHO).unique(), on=_WHO, how="anti"),
    ),
    "segment in segment": (
        {"all": [{"segment": "loyal"}, _day("Product Added", value=2)]},
        lambda events, people: people.filter("loyal").join(
            _often(_told(events, "Product Added"), 2), on=_WHO, how="semi"
        ),
    ),
    "reachable": (
        {"all": [{"reachable": "email", "topic": "news"}, _day("Product Viewed", within=30)]},
        lambda events, people: people.filter("reachable").join(
            _told(events, "Product Viewed", 30).select(_WHO).unique(), on=_WHO, how="semi"
        ),
    ),
}  # fmt: skip
