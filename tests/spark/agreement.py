"""The same question to Polars and to a Spark cluster."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from hourglass.lake import NARWHALS, POLARS, Dialect

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Ask = Callable[[Any, Dialect], Any]


def on_spark(session: SparkSession, frame: pl.DataFrame) -> Any:
    """A frame on the cluster, as Narwhals sees it."""
    return nw.from_native(session.createDataFrame(frame.rename(NARWHALS.name).to_arrow()))


def collected(frame: DataFrame) -> pl.DataFrame:
    """What Spark answers, on this machine."""
    return pl.DataFrame(frame.toArrow())


def both(session: SparkSession, frame: pl.DataFrame, ask: Ask) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The answers of Polars and of Spark, in the order of their rows' texts."""
    here = ask(frame.lazy(), POLARS).collect()
    there = ask(on_spark(session, frame), NARWHALS).collect("polars").to_native()
    return in_order(here), in_order(there).rename(dict(zip(there.columns, here.columns, strict=True)))


def in_order(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows in an order that does not depend on who gives them."""
    place = [repr(row) for row in frame.rows()]
    return frame[sorted(range(frame.height), key=place.__getitem__)]


def agree(session: SparkSession, frame: pl.DataFrame, ask: Ask) -> pl.DataFrame:
    """The answer, which is the same on both to the last bit."""
    here, there = both(session, frame, ask)
    faults = [name for name in here.columns if not there[name].cast(here.schema[name]).equals(here[name])]
    assert not faults, f"Polars and Spark differ in {faults}:\n{here.select(faults)}\n{there.select(faults)}"
    return here
