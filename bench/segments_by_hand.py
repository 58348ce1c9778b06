"""The fifty segments of segments_shapes.py as somebody who knows the tools would write them, once for each engine.

Nothing general: every event is read once, only as far back as needed, equal parts are computed once, JSON is opened
only where the row can still count.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl

from bench.segments_lake import CITIES, NOW
from bench.shop import CATEGORIES

_moment = pl.col("at")


def polars(data: Path, people: pl.DataFrame, count: int) -> pl.DataFrame:
    """`profile_id` and a truth per segment; `people` has `profile_id` and `trait:city`."""
    each = range(count // 10)
    events = pl.scan_parquet(_files(data), hive_partitioning=False).filter(_moment <= NOW)
    found = people.lazy()
    for part in (_orders, _views, _added, _rest):
        for frame in part(events, each):
            found = found.join(frame, on="profile_id", how="left")
    columns: dict[int, pl.Expr] = {}
    for k in each:
        columns |= {10 * k + j: _true(f"segment-{10 * k + j}") for j in (0, 1, 5, 6, 7, 8)}
        columns[10 * k + 2] = _true(f"viewed{k}") & ~_true(f"recent{k}")
        columns[10 * k + 3] = (pl.col("trait:city") == CITIES[k % len(CITIES)]) & _true(f"added{k}")
        columns[10 * k + 4] = (pl.col("checkouts") >= 1 + k).fill_null(value=False) | (
            pl.col(f"searches{k}") >= 3
        ).fill_null(value=False)
        columns[10 * k + 9] = _true(f"exact{k}") & ~(pl.col("opened") >= _ago(30 + k)).fill_null(value=False)
    chosen = [columns[place].alias(f"segment-{place}") for place in sorted(columns)]
    return found.select("profile_id", *chosen).collect(engine="streaming")


def _orders(events: pl.LazyFrame, each: range) -> list[pl.LazyFrame]:
    told = events.filter(pl.col("event") == "Order Completed").group_by("profile_id")
    counted = told.agg(
        *[(_moment >= _ago(30 + 30 * k)).sum().alias(f"orders{k}") for k in each],
        *[pl.when(_moment >= _ago(180 + k)).then("revenue").sum().alias(f"revenue{k}") for k in each],
        _moment.max().alias("last"),
        pl.len().alias("orders"),
    )
    answers = [
        *[(pl.col(f"orders{k}") >= 1 + k % 4).alias(f"segment-{10 * k}") for k in each],
        *[(pl.col(f"revenue{k}") >= 5000 * (k + 1)).alias(f"segment-{10 * k + 1}") for k in each],
        *[(pl.col("last") >= _ago(7 + k)).alias(f"recent{k}") for k in each],
        *[(pl.col("last") <= _ago(60 + 20 * k)).alias(f"segment-{10 * k + 6}") for k in each],
        *[(pl.col("orders") == 1 + k // 5).alias(f"exact{k}") for k in each],
    ]
    return [counted.select("profile_id", *answers)]


def _views(events: pl.LazyFrame, each: range) -> list[pl.LazyFrame]:
    widest = 60 + max(each) // 5
    told = events.filter((pl.col("event") == "Product Viewed") & (_moment >= _ago(widest))).group_by("profile_id")
    kinds, windows = {k % len(CATEGORIES) for k in each}, {k // 5 for k in each}
    counted = told.agg(
        *[((_moment >= _ago(30)) & (pl.col("category") == CATEGORIES[k])).sum().alias(f"views{k}") for k in kinds],
        *[pl.col("product_id").filter(_moment >= _ago(60 + k)).n_unique().alias(f"different{k}") for k in windows],
    )
    answers = [
        *[(pl.col(f"views{k % len(CATEGORIES)}") >= 2 + k // 5).alias(f"viewed{k}") for k in each],
        *[(pl.col(f"different{k // 5}") >= 3 + k).alias(f"segment-{10 * k + 5}") for k in each],
    ]
    return [counted.select("profile_id", *answers)]


def _added(events: pl.LazyFrame, each: range) -> list[pl.LazyFrame]:
    added = events.filter(pl.col("event") == "Product Added")
    recent = pl.when(_moment >= _ago(90 + max(each) // 5)).then("properties")
    told = added.with_columns(recent.str.json_path_match("$.brand").alias("brand")).group_by("profile_id")
    until = {k // 8: datetime(2026, 5, 20 + k // 8, tzinfo=UTC) for k in each}
    brands = [(_moment >= _ago(90 + k // 5)) & (pl.col("brand") == f"brand {k}") for k in each]
    counted = told.agg(
        *[(_moment >= _ago(60 + k)).sum().alias(f"adds{k}") for k in each],
        *[
            pl.col("category").max_by(pl.when(_moment < moment).then(_moment)).alias(f"last{k}")
            for k, moment in until.items()
        ],
        *[brand.any().alias(f"segment-{10 * k + 8}") for k, brand in zip(each, brands, strict=True)],
    )
    answers = [
        *[(pl.col(f"adds{k}") >= 2).alias(f"added{k}") for k in each],
        *[(pl.col(f"last{k // 8}") == CATEGORIES[k % len(CATEGORIES)]).alias(f"segment-{10 * k + 7}") for k in each],
        *[f"segment-{10 * k + 8}" for k in each],
    ]
    return [counted.select("profile_id", *answers)]


def _rest(events: pl.LazyFrame, each: range) -> list[pl.LazyFrame]:
    def told(name: str, days: int) -> pl.LazyFrame:
        return events.filter((pl.col("event") == name) & (_moment >= _ago(days)))

    searches = [(_moment >= _ago(14 + k)).sum().alias(f"searches{k}") for k in each]
    return [
        told("Checkout Started", 30).group_by("profile_id").agg(pl.len().alias("checkouts")),
        told("Products Searched", 14 + max(each)).group_by("profile_id").agg(*searches),
        told("Message Opened", 30 + max(each)).group_by("profile_id").agg(_moment.max().alias("opened")),
    ]


def duckdb(data: Path, people: pl.DataFrame, count: int) -> pl.DataFrame:
    """The same in SQL: one pass with filtered aggregates."""
    from duckdb import connect

    each = range(count // 10)
    connection = connect()
    connection.execute("SET TimeZone = 'UTC'")
    connection.register("people", people.rename({"trait:city": "city"}))
    widest = {"Product Viewed": 60 + max(each) // 5, "Checkout Started": 30, "Products Searched": 14 + max(each)}
    widest["Message Opened"] = 30 + max(each)
    windows = [f"(event = '{name}' AND moment >= {_sql(_ago(days))})" for name, days in widest.items()]
    where = " OR ".join(["event IN ('Order Completed', 'Product Added')", *windows])
    opened = f"CASE WHEN event = 'Product Added' AND moment >= {_sql(_ago(90 + max(each) // 5))}"
    statement = f"""
        WITH told AS (
          SELECT profile_id, event, moment, category, product_id, revenue,
                 {opened} THEN properties->>'$.brand' END AS brand
          FROM (SELECT *, "at" AS moment FROM read_parquet('{_files(data)}', hive_partitioning = false))
          WHERE ({where}) AND moment <= {_sql(NOW)}),
        measured AS (SELECT profile_id, {", ".join(_sql_measures(each))} FROM told GROUP BY 1)
        SELECT people.profile_id, {", ".join(_sql_answers(each))} FROM people LEFT JOIN measured USING (profile_id)
    """
    return pl.DataFrame(connection.sql(statement))


def _sql_measures(each: range) -> list[str]:
    def some(what: str, name: str, days: int, more: str = "") -> str:
        return f"{what} FILTER (event = '{name}' AND moment >= {_sql(_ago(days))}{more})"

    found: list[str] = []
    for k in each:
        found += [
            f"{some('count(*)', 'Order Completed', 30 + 30 * k)} AS orders{k}",
            f"{some('sum(revenue)', 'Order Completed', 180 + k)} AS revenue{k}",
            f"{some('count(*)', 'Product Added', 60 + k)} AS adds{k}",
            f"{some('count(*)', 'Products Searched', 14 + k)} AS searches{k}",
            f"bool_or(brand = 'brand {k}' AND moment >= {_sql(_ago(90 + k // 5))}) AS brand{k}",
        ]
    for k in {k % len(CATEGORIES) for k in each}:
        category = f" AND category = '{CATEGORIES[k]}'"
        found.append(f"{some('count(*)', 'Product Viewed', 30, category)} AS views{k}")
    for k in {k // 5 for k in each}:
        found.append(f"{some('count(DISTINCT product_id)', 'Product Viewed', 60 + k)} AS different{k}")
    for k in {k // 8 for k in each}:
        until = _sql(datetime(2026, 5, 20 + k, tzinfo=UTC))
        found.append(f"arg_max(category, moment) FILTER (event = 'Product Added' AND moment < {until}) AS last{k}")
    return [
        *found,
        "max(moment) FILTER (event = 'Order Completed') AS latest",
        "count(*) FILTER (event = 'Order Completed') AS orders",
        "count(*) FILTER (event = 'Checkout Started') AS checkouts",
        "max(moment) FILTER (event = 'Message Opened') AS opened",
    ]


def _sql_answers(each: range) -> list[str]:
    found: list[str] = []
    for k in each:
        category, city = CATEGORIES[k % len(CATEGORIES)], CITIES[k % len(CITIES)]
        found += [
            f"orders{k} >= {1 + k % 4}",
            f"revenue{k} >= {5000 * (k + 1)}",
            f"views{k % len(CATEGORIES)} >= {2 + k // 5} AND NOT coalesce(latest >= {_sql(_ago(7 + k))}, false)",
            f"city = '{city}' AND adds{k} >= 2",
            f"checkouts >= {1 + k} OR searches{k} >= 3",
            f"different{k // 5} >= {3 + k}",
            f"latest <= {_sql(_ago(60 + 20 * k))}",
            f"last{k // 8} = '{category}'",
            f"brand{k}",
            f"orders = {1 + k // 5} AND NOT coalesce(opened >= {_sql(_ago(30 + k))}, false)",
        ]
    return [f'coalesce({answer}, false) AS "segment-{place}"' for place, answer in enumerate(found)]


def _true(column: str) -> pl.Expr:
    return pl.col(column).fill_null(value=False)


def _ago(days: int) -> datetime:
    return NOW - timedelta(days=days)


def _sql(moment: datetime) -> str:
    return f"TIMESTAMPTZ '{moment.isoformat()}'"


def _files(data: Path) -> str:
    return f"{data}/lake/events/*/*.parquet"
