"""All events there ever were, as a lazy frame: what segments over the whole history are built from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from hourglass.kernel import WorkspaceId
from hourglass.lake.picture import Picture
from hourglass.lake.schema import EVENT_COLUMNS


def scan(
    picture: Picture,
    workspace_id: WorkspaceId,
    columns: Sequence[str],
    *,
    names: Sequence[str] | None = None,
    since: datetime | None = None,
    identities: pl.DataFrame | None = None,
) -> pl.LazyFrame:
    """These columns of a workspace's events: only those called one of `names`, only since a moment (inclusive).

    Nothing is read before it is collected; collect with `engine="streaming"`, which keeps memory flat. `identities`
    (see `moved_identities`) makes `profile_id` the person of today.
    """
    events = pl.concat([_files(picture, since), picture.waiting.lazy()]).filter(pl.col("workspace_id") == workspace_id)
    if names is not None:
        events = events.filter(pl.col("event").is_in(list(names)))
    if since is not None:
        events = events.filter(pl.col("at") >= since)
    if "profile_id" in columns and identities is not None and identities.height:
        events = _canonical(events, identities)
    return events.select(columns)


def _files(picture: Picture, since: datetime | None) -> pl.LazyFrame:
    first = "" if since is None else f"{since:%Y-%m}"
    paths = [file.path for file in picture.files if file.month >= first]
    if not paths:
        return EVENT_COLUMNS.to_frame().lazy()
    return pl.scan_parquet(
        paths,
        schema=EVENT_COLUMNS,
        missing_columns="insert",
        extra_columns="ignore",
        hive_partitioning=False,
        glob=False,
    ).select(EVENT_COLUMNS.names())


def _canonical(events: pl.LazyFrame, identities: pl.DataFrame) -> pl.LazyFrame:
    today = identities.select("identity_id", pl.col("profile_id").alias("today")).lazy()
    return (
        events.join(today, on="identity_id", how="left")
        .with_columns(pl.coalesce("today", "profile_id").alias("profile_id"))
        .drop("today")
    )
