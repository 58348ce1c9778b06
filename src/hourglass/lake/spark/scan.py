"""All events there ever were, as a Spark frame: `lake/scan.py` said in Spark's words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from hourglass.kernel import WorkspaceId
from hourglass.lake.asked import AT_US, CURRENCY, LOCAL, LOCAL_US, Asked
from hourglass.lake.picture import Picture
from hourglass.lake.schema import EVENT_COLUMNS
from hourglass.lake.spark.dialect import NARWHALS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession


def spark_scan(
    session: SparkSession,
    picture: Picture,
    workspace_id: WorkspaceId,
    columns: Sequence[str],
    *,
    names: Sequence[str] | None = None,
    since: datetime | None = None,
    identities: pl.DataFrame | None = None,
    properties: Sequence[str] = (),
    lines: bool = False,
    zone: str | None = None,
) -> DataFrame:
    """What `scan` answers, as a frame for `narwhals.from_native`; properties are called what `NARWHALS.name` says.

    Every worker reads the files by the same path as this machine: a shared disk, or S3. What waits in the queue goes
    along from here.
    """
    from pyspark.sql import functions as f

    from hourglass.lake.spark.properties import with_lines, with_properties

    asked = Asked(columns=tuple(columns), properties=tuple(properties), lines=lines, zone=zone)
    events = _everything(session, picture, workspace_id, since).where(f.col("workspace_id") == int(workspace_id))
    if names is not None:
        events = events.where(f.col("event").isin(list(names)))
    if since is not None:
        events = events.where(f.col("at") >= f.lit(since))
    if "profile_id" in columns and identities is not None and identities.height:
        events = _canonical(session, events, identities)
    computed = {name: made for name, made in _computed(zone).items() if name in columns}
    events = with_properties(events.select(*asked.stored).withColumns(computed), asked.own)
    if lines:
        events = with_lines(events, asked.of_lines)
    return events.select(*(NARWHALS.name(name) for name in asked.answer))


def _everything(
    session: SparkSession, picture: Picture, workspace_id: WorkspaceId, since: datetime | None
) -> DataFrame:
    """Files and queue as one."""
    schema = _schema()
    waiting = picture.waiting.filter(pl.col("workspace_id") == workspace_id)
    queue = _sent(session, waiting.select(EVENT_COLUMNS.names()), schema)
    paths = [_address(path) for path in picture.paths(since)]
    return session.read.schema(schema).parquet(*paths).unionAll(queue) if paths else queue


def _address(path: str) -> str:
    """A file as a cluster finds it, whatever its own file system is."""
    if "://" in path:
        return path.replace("s3://", "s3a://", 1)
    # A path may hold what Spark takes for a pattern.
    return "file://" + "".join(f"\\{sign}" if sign in "{}[]*?\\" else sign for sign in path)


def _sent(session: SparkSession, frame: pl.DataFrame, schema: str) -> DataFrame:
    """A frame of this machine on the cluster."""
    return cast("Any", session).createDataFrame(cast("Any", frame).to_arrow(), schema)


def _schema() -> str:
    words: dict[Any, str] = {
        pl.Int32: "int",
        pl.Int64: "bigint",
        pl.String: "string",
        pl.Boolean: "boolean",
        pl.Datetime: "timestamp",
    }
    return ", ".join(f"{name} {words[kind.base_type()]}" for name, kind in EVENT_COLUMNS.items())


def _canonical(session: SparkSession, events: DataFrame, identities: pl.DataFrame) -> DataFrame:
    from pyspark.sql import functions as f

    moved = identities.select("identity_id", today=pl.col("profile_id"))
    today = _sent(session, moved, "identity_id bigint, today bigint")
    joined = events.join(f.broadcast(today), "identity_id", "left")
    return joined.withColumn("profile_id", f.coalesce("today", "profile_id")).drop("today")


def _computed(zone: str | None) -> dict[str, Column]:
    from pyspark.sql import functions as f

    local = f.from_utc_timestamp("at", zone or "UTC")
    # The session is in UTC, so the clock's reading loses nothing on its way to a moment without a zone.
    clock = {AT_US: f.unix_micros("at"), LOCAL: local.cast("timestamp_ntz"), LOCAL_US: f.unix_micros(local)}
    return {**clock, CURRENCY: f.col("currency")}
