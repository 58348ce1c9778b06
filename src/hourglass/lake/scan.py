"""All events there ever were, as a lazy frame: what segments over the whole history are built from."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import polars as pl

from hourglass.kernel import WorkspaceId
from hourglass.lake.asked import AT_US, CURRENCY, LOCAL, LOCAL_US, Asked
from hourglass.lake.picture import Picture
from hourglass.lake.properties import with_lines, with_properties
from hourglass.lake.schema import EVENT_COLUMNS


def scan(
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
) -> pl.LazyFrame:
    """These columns of a workspace's events: only those called one of `names`, only since a moment (inclusive).

    Nothing is read before it is collected; collect with `engine="streaming"`, which keeps memory flat. `identities`
    (see `moved_identities`) makes `profile_id` the person of today. `properties` come out of the JSON as text; with
    `lines` each event comes once a line, with `line` and properties called `products.NAME` (once, with nulls, when it
    has none). `zone` is for the columns `local` and `local_us`; see `Asked` for them and for `at_us`.
    """
    asked = Asked(columns=tuple(columns), properties=tuple(properties), lines=lines, zone=zone)
    events = pl.concat([_files(picture, since), picture.waiting.lazy()]).filter(pl.col("workspace_id") == workspace_id)
    if names is not None:
        events = events.filter(pl.col("event").is_in(list(names)))
    if since is not None:
        events = events.filter(pl.col("at") >= since)
    if "profile_id" in columns and identities is not None and identities.height:
        events = _canonical(events, identities)
    return _answered(events.select(asked.stored), asked)


def _files(picture: Picture, since: datetime | None) -> pl.LazyFrame:
    paths = picture.paths(since)
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


def _answered(events: pl.LazyFrame, asked: Asked) -> pl.LazyFrame:
    computed = [made for name, made in _computed(asked.zone).items() if name in asked.columns]
    events = with_properties(events.with_columns(computed), asked.own)
    if asked.lines:
        events = with_lines(events, asked.of_lines)
    return events.select(asked.answer)


def _computed(zone: str | None) -> dict[str, pl.Expr]:
    at = pl.col("at")
    local = at.dt.convert_time_zone(zone or "UTC").dt.replace_time_zone(None)
    made = {
        AT_US: at.dt.timestamp("us"),
        LOCAL: local,
        LOCAL_US: local.dt.timestamp("us"),
        CURRENCY: pl.col("currency"),
    }
    return {name: column.alias(name) for name, column in made.items()}
