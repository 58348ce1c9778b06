"""A lake full of events, made from a seed: what segments are built from, without the year it takes to fill one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from deltalake import WriterProperties, write_deltalake

from bench.shop import CATEGORIES, NAMES
from hourglass.kernel import Workspace, WorkspaceId
from hourglass.lake import EVENT_COLUMNS

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
WORKSPACE = Workspace(id=WorkspaceId(1), key="default", name="Shop", currency="EUR", zone="Europe/Berlin", locale="en")
CITIES = ["Almaty", "Astana", "Moscow", "Belgrade", "London"]
_ALL = (*NAMES, "Page Viewed", "Product List Viewed", "Message Opened")
_SHARES = (0.34, 0.08, 0.03, 0.03, 0.05, 0.30, 0.12, 0.05)
_MONTHS = 12
_SKUS = 5000
_WRITER = WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=131_072)


def fill(data: Path, events: int, people: int, seed: int = 5, *, lines: bool = False) -> None:
    """Write the table of events into the data folder: a year, month by month, as compaction leaves it.

    With `lines` each order holds its line, as shops send it.
    """
    draw = np.random.default_rng(seed)
    for month, frame in enumerate(_months(draw, events, people, lines=lines)):
        write_deltalake(
            data / "lake" / "events",
            frame.sort("at").with_columns(month=pl.col("at").dt.strftime("%Y-%m")),
            mode="append" if month else "overwrite",
            partition_by=["month"],
            writer_properties=_WRITER,
        )


def people_frame(people: int) -> pl.DataFrame:
    """What is known of everybody beside events, as `read_facts` gives it."""
    ids = pl.int_range(1, people + 1, eager=True, dtype=pl.Int64)
    city = pl.col("profile_id").mod(len(CITIES)).replace_strict(dict(enumerate(CITIES)), return_dtype=pl.String)
    age = (18 + pl.col("profile_id") * 7919 % 60).cast(pl.String)
    return pl.DataFrame({"profile_id": ids}).with_columns(city.alias("trait:city"), age.alias("trait:age"))


def _months(draw: np.random.Generator, events: int, people: int, *, lines: bool) -> Iterator[pl.DataFrame]:
    start, each, seq = NOW - timedelta(days=30 * _MONTHS), events // _MONTHS, 0
    for month in range(_MONTHS):
        first = start + timedelta(days=30 * month)
        # Some come often, most seldom.
        who = (people * draw.random(each) ** 1.7).astype(np.int64) + 1
        sku = draw.integers(0, _SKUS, each)
        at = np.sort(draw.integers(0, 30 * 86_400_000_000, each))
        raw = pl.DataFrame(
            {
                "who": who,
                "sku": sku,
                "at": at,
                "name": draw.choice(len(_ALL), each, p=_SHARES).astype(np.int32),
                "seq": np.arange(seq, seq + each),
                "quantity": draw.integers(1, 4, each).astype(np.int32),
            }
        )
        seq += each
        yield _columns(raw, first, lines=lines)


def _columns(raw: pl.DataFrame, first: datetime, *, lines: bool) -> pl.DataFrame:
    name = pl.col("name").replace_strict(dict(enumerate(_ALL)), return_dtype=pl.String)
    product = pl.col("name").is_in([0, 1, 3])
    order = pl.col("name") == 3
    price = 100 + pl.col("sku") * 37 % 8900
    at = pl.lit(first).cast(pl.Datetime("us", "UTC")) + pl.duration(microseconds=pl.col("at"))
    told = [pl.lit('{"name":"Nice thing '), "sku", pl.lit('","price":'), price / 100, pl.lit(',"brand":"brand ')]
    json = pl.concat_str(*told, pl.col("sku") % 40, pl.lit('"}'))
    if lines:
        category = (pl.col("sku") % len(CATEGORIES)).replace_strict(dict(enumerate(CATEGORIES)), return_dtype=pl.String)
        said = [pl.lit('{"products":[{"category":"'), category, pl.lit('","price":'), price / 100]
        line = pl.concat_str(*said, pl.lit(',"quantity":'), "quantity", pl.lit("}]}"))
        json = pl.when(order).then(line).otherwise(json)
    made = raw.with_columns(
        workspace_id=pl.lit(1, pl.Int32),
        profile_id=pl.col("who"),
        identity_id=pl.col("who") + 10_000_000,
        event=name,
        kind=pl.lit("track"),
        message_id=pl.format("m{}", "seq"),
        at=at,
        received_at=at,
        order_id=pl.when(order).then(pl.format("o{}", "seq")),
        product_id=pl.when(product).then(pl.format("sku{}", "sku")),
        category=pl.when(product).then(
            (pl.col("sku") % len(CATEGORIES)).replace_strict(dict(enumerate(CATEGORIES)), return_dtype=pl.String)
        ),
        quantity=pl.when(product).then("quantity"),
        revenue=pl.when(order).then(price * pl.col("quantity")),
        currency=pl.when(order).then(pl.lit("EUR")),
        properties=pl.when(product).then(json).otherwise(pl.lit("{}")),
        traits=pl.lit("{}"),
        context=pl.lit("{}"),
        historical=pl.lit(True),
    )
    return made.select(pl.col(column).cast(kind) for column, kind in EVENT_COLUMNS.items())
