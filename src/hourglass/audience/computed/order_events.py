"""Order events and their lines out of the lake, with the JSON opened once and kept in a file while a run lasts."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hourglass.audience.computed.json_columns import opened
from hourglass.commerce import LIFE
from hourglass.kernel import Workspace, exponent

COLUMNS = ("profile_id", "event", "message_id", "at", "order_id", "revenue", "currency", "properties")
"""What is read from the lake."""
NAMES = tuple(LIFE)
_TELLING = ("Order Completed", "Order Updated")
_ORDER = ("currency", "discount", "coupon")
_LINE = ("product_id", "sku", "category", "brand", "quantity", "price", "discount", "coupon", "regular_price")
_MOST_PIECES = 1_000_000


def keep_opened(events: pl.LazyFrame, path: Path) -> None:
    """Write the events with `products` and the fields of the order as columns; memory stays flat."""
    told = events.filter(pl.col("order_id").is_not_null()).with_columns(
        opened("properties", _ORDER, {"products": _LINE}).alias("told")
    )
    own = pl.col("told").struct
    told.select(
        *(name for name in COLUMNS if name not in {"currency", "properties"}),
        pl.coalesce(_code(own.field("currency")), "currency").alias("currency"),
        (_above_zero(own.field("discount")) | _some(own.field("coupon"))).alias("on_deal"),
        own.field("products").alias("products"),
    ).sink_parquet(path, compression="zstd", compression_level=1)


def read_lines(path: Path, workspace: Workspace) -> pl.LazyFrame:
    """message_id and what its lines say; price in minor units of the workspace's currency, null in another one."""
    lines = (
        pl.scan_parquet(path)
        .filter(pl.col("event").is_in(_TELLING) & (pl.col("products").list.len() > 0))
        .select("message_id", "on_deal", "currency", "products")
        .explode("products")
        .unnest("products")
        .with_columns(product_id=pl.coalesce(_word("product_id"), _word("sku")))
        .filter(pl.col("product_id").is_not_null())
    )
    price = _minor("price", workspace)
    return lines.select(
        "message_id",
        "product_id",
        pl.col("category").replace("", None),
        pl.col("brand").replace("", None),
        _pieces("quantity").alias("quantity"),
        pl.when(pl.col("currency") == workspace.currency).then(price).alias("price"),
        (
            pl.col("on_deal").fill_null(value=False)
            | _above_zero(pl.col("discount"))
            | _some(pl.col("coupon"))
            | (_minor("regular_price", workspace) > price).fill_null(value=False)
        ).alias("deal"),
    )


def read_events(path: Path, lines: pl.LazyFrame) -> pl.LazyFrame:
    """The events as orders.py takes them: revenue from the lines where the event names none; `told`, `lines`."""
    sums = lines.group_by("message_id").agg(
        worth=(pl.col("price").fill_null(0) * pl.col("quantity")).sum(), lines=pl.len()
    )
    events = pl.scan_parquet(path).drop("products", "on_deal").join(sums, on="message_id", how="left")
    telling = pl.col("event").is_in(_TELLING)
    return events.with_columns(
        pl.when(telling).then(pl.coalesce("revenue", "worth")).otherwise("revenue").alias("revenue"),
        (telling & (pl.col("revenue").is_not_null() | pl.col("lines").is_not_null())).alias("told"),
        pl.col("lines").fill_null(0).cast(pl.Int64),
    ).drop("worth")


def _minor(column: str, workspace: Workspace) -> pl.Expr:
    amount = pl.col(column).cast(pl.Decimal(20, 6), strict=False)
    return (amount * 10 ** exponent(workspace.currency)).round(0, mode="half_to_even").cast(pl.Int64, strict=False)


def _pieces(column: str) -> pl.Expr:
    number = pl.col(column).cast(pl.Float64, strict=False).floor()
    return pl.when(number.is_between(1, _MOST_PIECES)).then(number).otherwise(1).cast(pl.Int64)


def _word(column: str) -> pl.Expr:
    return pl.when(pl.col(column).str.len_chars().is_between(1, 255)).then(pl.col(column))


def _code(value: pl.Expr) -> pl.Expr:
    return pl.when(value.str.contains("^[A-Za-z]{3}$")).then(value.str.to_uppercase())


def _above_zero(value: pl.Expr) -> pl.Expr:
    return (value.cast(pl.Float64, strict=False) > 0).fill_null(value=False)


def _some(value: pl.Expr) -> pl.Expr:
    return (value.str.len_chars() > 0).fill_null(value=False)
