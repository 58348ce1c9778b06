"""The shop's real year as order events, and its RFM facts counted straight from the rows with plain SQL."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import duckdb
import polars as pl

from hourglass.lake import EVENT_COLUMNS

PACKED = Path(__file__).parents[3] / "src/hourglass/demo/data/online_retail.parquet"
AT = datetime(2011, 12, 10, tzinfo=UTC)  # midnight in London, too

# The usual cleaning of this data: a customer, no cancellation, something sold at a price.
_CLEANED = """
    SELECT * FROM read_parquet($file)
    WHERE customer IS NOT NULL AND invoice NOT LIKE 'C%' AND quantity > 0 AND price > 0
"""
# Recency in whole days at 2011-12-10; each order rounded to pence on its own, as it was paid.
_FACTS = f"""
    SELECT customer, min(recency)::BIGINT AS recency, count(*) AS frequency, sum(pence)::BIGINT AS monetary,
           sum(thousandths)::BIGINT AS thousandths
    FROM (SELECT customer, invoice, floor(epoch(TIMESTAMP '2011-12-10' - max("at")) / 86400) AS recency,
                 round_even(sum(quantity::BIGINT * price) / 10.0, 0) AS pence,
                 sum(quantity::BIGINT * price) AS thousandths
          FROM ({_CLEANED}) GROUP BY customer, invoice)
    GROUP BY customer ORDER BY customer
"""


def facts() -> list[tuple[int, int, int, int, int]]:
    """customer, recency, frequency, monetary in pence, and the exact sum in thousandths of a pound."""
    return duckdb.execute(_FACTS, {"file": str(PACKED)}).fetchall()


def cleaned() -> pl.DataFrame:
    """The cleaned rows as they stand in the file."""
    rows = pl.read_parquet(PACKED)
    sold = (pl.col("quantity") > 0) & (pl.col("price") > 0) & ~pl.col("invoice").str.starts_with("C")
    return rows.filter(pl.col("customer").is_not_null() & sold)


def order_events(rows: pl.DataFrame) -> pl.DataFrame:
    """An Order Completed for each invoice, as the lake holds it; the customer's number is the profile's."""
    line = pl.struct(
        product_id="stock_code",
        name="description",
        quantity="quantity",
        price=pl.col("price") / 1000,
        category=pl.col("description").str.split(" ").list.last(),
    )
    orders = rows.group_by("invoice", "customer", maintain_order=True).agg(
        at=pl.col("at").max(), thousandths=(pl.col("quantity").cast(pl.Int64) * pl.col("price")).sum(), products=line
    )
    london = pl.col("at").cast(pl.Datetime("us")).dt.replace_time_zone("Europe/London", ambiguous="earliest")
    at = london.dt.convert_time_zone("UTC")
    revenue = (pl.col("thousandths") / 10).round(0, mode="half_to_even").cast(pl.Int64)
    told = orders.select(
        workspace_id=1,
        profile_id="customer",
        identity_id="customer",
        event=pl.lit("Order Completed"),
        kind=pl.lit("track"),
        message_id=pl.format("{}/{}", "invoice", "customer"),
        at=at,
        received_at=at,
        order_id="invoice",
        product_id=None,
        category=None,
        quantity=None,
        revenue=revenue,
        currency=pl.lit("GBP"),
        properties=pl.struct(order_id="invoice", revenue=revenue / 100, products="products").struct.json_encode(),
        traits=pl.lit("{}"),
        context=pl.lit("{}"),
        historical=True,
    )
    known = [pl.col(name) if name in told.columns else pl.lit(None).alias(name) for name in EVENT_COLUMNS]
    return told.select(known).cast(pl.Schema(EVENT_COLUMNS))
