"""The history as a Spark cluster sees it: what Polars sees, event by event."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl
import pytest
from deltalake import write_deltalake

from hourglass.kernel import WorkspaceId
from hourglass.lake import EVENT_COLUMNS, NARWHALS, Picture, look, scan, spark_scan
from hourglass.postgres import Database
from tests.lake import nasty
from tests.lake.conftest import Lake
from tests.lake.facts import NOW, events
from tests.lake.test_clock import ZONES, moments
from tests.spark.agreement import collected, in_order

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ONE = WorkspaceId(1)
EVERY = EVENT_COLUMNS.names()


@pytest.fixture
def lake(database: Database, tmp_path: Path) -> Lake:
    """In a folder whose name Spark could take for a pattern."""
    return Lake(database, tmp_path / "the {shop}'s data, é")


def same(spark: SparkSession, picture: Picture, columns: list[str], **asked: Any) -> pl.DataFrame:
    """The answer of both."""
    here = scan(picture, ONE, columns, **asked).collect()
    there = collected(spark_scan(spark, picture, ONE, columns, **asked))
    assert there.columns == [NARWHALS.name(name) for name in here.columns]
    there.columns = here.columns
    assert there.schema == here.schema
    differ = [pair for pair in zip(in_order(here).rows(), in_order(there).rows(), strict=True) if pair[0] != pair[1]]
    assert not differ, f"Polars and Spark: {differ[:3]}"
    return here


def test_files_and_queue_are_one_history(spark: SparkSession, lake: Lake) -> None:
    # A table begun by an older version: a column is missing, as in a file of then.
    old = events(7).drop("historical").with_columns(month=pl.lit("2026-03"))
    write_deltalake(lake.folder, old, partition_by=["month"])
    lake.add(events(60, start=7), events(3, start=90, workspace_id=2), events(4, start=67, at=NOW - timedelta(days=70)))
    lake.enqueue(events(20, start=100), events(5, start=130, workspace_id=2))
    picture = look(lake.database, lake.data)
    assert same(spark, picture, EVERY).height == 91
    moved = pl.DataFrame({"identity_id": [2000, 2001], "profile_id": [99, 98]})
    found = same(
        spark, picture, ["profile_id", "event", "at_us"],
        names=["Order Completed", "Product Added"], since=NOW - timedelta(minutes=110), identities=moved,
    )  # fmt: skip
    assert 0 < found.height < 91
    assert 98 in found["profile_id"]


def test_an_empty_lake_has_the_columns(spark: SparkSession) -> None:
    nothing = Picture(files=[], waiting=EVENT_COLUMNS.to_frame())
    same(spark, nothing, EVERY)
    same(spark, nothing, ["at_us"], properties=["products.price"], lines=True)


def test_the_clock_on_the_wall_is_the_same(spark: SparkSession) -> None:
    for zone in ZONES:
        same(spark, moments(), ["at", "at_us", "local", "local_us"], zone=zone)


def test_properties_and_lines_are_the_same_texts(spark: SparkSession) -> None:
    picture = Picture(files=[], waiting=nasty.frame())
    same(spark, picture, ["message_id"], properties=nasty.NAMES)
    lines = ["name", "products.name", "products.price", "products.missing"]
    found = same(spark, picture, ["message_id"], properties=lines, lines=True)
    assert found.filter(pl.col("products.name") == "Ж😀")["products.price"].to_list() == ["100000000.0"]


def test_narwhals_goes_on_from_there(spark: SparkSession) -> None:
    picture = Picture(files=[], waiting=nasty.frame())
    frame = nw.from_native(spark_scan(spark, picture, ONE, ["event"], properties=["products.name", "a.b"], lines=True))
    a_b, name = NARWHALS.col("a.b"), NARWHALS.col("products.name")
    found = frame.filter(a_b.is_null()).select(name.n_unique().alias("names")).collect("polars").to_native()
    here = scan(picture, ONE, [], properties=["products.name", "a.b"], lines=True)
    assert (
        found.item() == here.filter(pl.col("a.b").is_null()).select(pl.col("products.name").n_unique()).collect().item()
    )
