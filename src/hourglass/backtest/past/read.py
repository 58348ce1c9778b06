"""Reads the events of a period from the lake and writes them as their envelopes once stood in the log.

The lake keeps of an event whose it is, not every name by which it said so. The strongest is known; that a device was
named beside it is known from the evidence of that moment, and only the first time matters.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from hourglass.backtest.past.concern import concerned
from hourglass.backtest.past.past import Past, number_anew
from hourglass.journeys import Journey
from hourglass.kernel import Workspace
from hourglass.lake import Picture, scan
from hourglass.postgres import Queries, Transaction, read_packed

_queries = Queries(Path(__file__).with_name("past.sql"))
_COLUMNS = (
    *("identity_id", "event", "kind", "message_id", "seq", "at", "received_at", "properties", "traits", "context"),
    "historical",
)
_LOOKS = {
    "Page Viewed",
    "Screen Viewed",
    "Products Searched",
    "Product List Viewed",
    "Product Viewed",
    "Product Clicked",
}
_ABOUT_PRODUCTS = {
    "Product Viewed",
    "Product Clicked",
    "Product Added",
    "Product Added to Wishlist",
    "Product Updated",
}
_WORDS = 5
"""So many of the newest events about a product tell how it was: each may leave fields out."""
_ABOUT_MESSAGES = r"^(Message |Unsubscribed)"
_NOBODY = "00000000-0000-0000-0000-000000000000"
"""A placeholder: it may hold events and ties nobody together."""
_NAMES = {"identity_id": pl.Int64, "kind_of": pl.String, "value": pl.String}
_SAID = {"at": pl.Datetime("us", "UTC"), "low": pl.Int64, "high": pl.Int64, "low_kind": pl.String,
         "low_value": pl.String, "high_kind": pl.String, "high_value": pl.String}  # fmt: skip
_ISO = "%Y-%m-%dT%H:%M:%S%.6fZ"


def read_past(
    tx: Transaction,
    workspace: Workspace,
    picture: Picture,
    start: datetime,
    stop: datetime,
    journey: Journey,
    asked: Collection[str],
    called: Collection[int],
) -> Past:
    """Everything told from `start` (inclusive) to `stop` (exclusive), but for news about messages of this journey.

    What was imported counts as told when it happened. Looks at pages and products that nobody asks about (`asked`:
    texts that may name events) and that say nothing about who is who are counted and left out, and so are people
    whom the journey cannot concern. `called`: profiles that were put into it.
    """
    moment = pl.when("historical").then("at").otherwise("received_at")
    rows = (
        scan(picture, workspace.id, _COLUMNS)
        .with_columns(moment.alias("moment"))
        .filter((pl.col("moment") >= start) & (pl.col("moment") < stop))
        .filter(
            ~(
                pl.col("event").str.contains(_ABOUT_MESSAGES)
                & pl.col("properties").str.contains(_by(journey.key), literal=True)
            )
        )
        .collect(engine="streaming")
    )
    imported = bool(rows["historical"].any())
    if imported:
        rows = rows.with_columns(
            pl.col("context").str.replace_all('"historical":true', '"imported":true', literal=True)
        )
    rows = _named(tx, workspace, rows, start, stop)
    told = rows.height
    rows = rows.filter(~_idle(asked)).sort("moment", "seq")
    late = rows.filter(pl.col("at") < start)["seq"].to_list()
    if imported:
        rows = number_anew(rows)
    rows = rows.select("identity_id", "message_id", "event", "moment", "seq", _envelope().alias("payload"))
    rows, people = concerned(tx, workspace, journey, rows, called)
    rows = rows.select("moment", "seq", "payload", "heard")
    return Past(workspace=workspace, rows=rows, late=late, told=told, people=people)


def read_sayings(tx: Transaction, workspace: Workspace, picture: Picture, ids: list[int], until: datetime) -> Past:
    """Everything said about the people behind these identities before a moment."""
    told = pl.col("traits").ne("{}") | pl.col("context").str.contains('"traits":', literal=True)
    rows = (
        scan(picture, workspace.id, _COLUMNS)
        .filter(pl.col("identity_id").is_in(ids) & (pl.col("at") < until) & told)
        .with_columns(pl.col("at").alias("moment"))
        .collect(engine="streaming")
    )
    rows = _named(tx, workspace, rows, until - timedelta(days=1), until).sort("moment", "seq")
    rows = rows.select("moment", "seq", _envelope().alias("payload"), heard=True)
    return Past(workspace=workspace, rows=rows, late=[], told=rows.height, people=None)


def read_catalogue(tx: Transaction, workspace: Workspace, picture: Picture, until: datetime) -> Past:
    """The newest words about each product before a moment."""
    about = pl.col("event").is_in(sorted(_ABOUT_PRODUCTS)) & pl.col("product_id").is_not_null()
    rows = (
        scan(picture, workspace.id, (*_COLUMNS, "product_id"))
        .filter((pl.col("at") < until) & about)
        .with_columns(pl.col("at").alias("moment"))
        .sort("moment", "seq")
        .group_by("product_id", maintain_order=True)
        .tail(_WORDS)
        .collect(engine="streaming")
    )
    rows = _named(tx, workspace, rows, until - timedelta(days=1), until).sort("moment", "seq")
    rows = rows.select("moment", "seq", _envelope().alias("payload"), heard=True)
    return Past(workspace=workspace, rows=rows, late=[], told=rows.height, people=None)


def read_births(workspace: Workspace, picture: Picture) -> pl.DataFrame:
    """`id` of each identity under which something happened, and `at`, when that began."""
    return (
        scan(picture, workspace.id, ("identity_id", "at"))
        .group_by(pl.col("identity_id").alias("id"))
        .agg(pl.col("at").min())
        .collect(engine="streaming")
    )


def _idle(asked: Collection[str]) -> pl.Expr:
    """Whether an event can change nothing that anybody asks about."""
    names = _LOOKS - set(asked)
    saying = pl.col("traits").ne("{}") | pl.col("context").str.contains('"traits":', literal=True)
    linking = pl.col("user").is_not_null() & pl.col("device").is_not_null()
    return pl.col("event").is_in(sorted(names)) & ~saying & ~linking


def _by(journey: str) -> str:
    return f'"journey":"{journey}"'


def _named(tx: Transaction, workspace: Workspace, rows: pl.DataFrame, start: datetime, stop: datetime) -> pl.DataFrame:
    """With `user`, `device` and `previous`; without events of people who were erased."""
    ids = {"workspace_id": workspace.id, "ids": rows["identity_id"].unique().to_list()}
    names = read_packed(tx, _queries.sql("names"), ids, _NAMES)
    since = min(rows["at"].min() or start, start)  # pyright: ignore[reportArgumentType, reportCallIssue]
    period = {"workspace_id": workspace.id, "since": since, "until": stop}
    devices, previous = _beside(read_packed(tx, _queries.sql("evidence"), period, _SAID))
    of = pl.col("kind_of")
    return (
        rows.join(names, on="identity_id")
        .join(devices, on=["identity_id", "at"], how="left")
        .join(previous, on=["identity_id", "at"], how="left")
        .with_columns(
            pl.when(of == "user_id").then("value").alias("user"),
            pl.when(of == "anonymous_id").then("value").otherwise(
                pl.when((of == "user_id") & pl.col("device").is_null()).then(None).otherwise(
                    pl.coalesce("device", pl.lit(_NOBODY)))
            ).alias("device"),
            pl.when(pl.col("kind") == "alias").then("previous").alias("previous"),
        )
    )  # fmt: skip


def _beside(said: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Of each identity and moment: the device named beside it, and whatever name."""
    both = pl.concat([_seen_from(said, "low", "high"), _seen_from(said, "high", "low")])
    place = ["identity_id", "at"]
    devices = both.filter(pl.col("other") == "anonymous_id").group_by(place).agg(pl.col("value").min().alias("device"))
    names = both.filter(pl.col("other").is_in(["anonymous_id", "user_id"]))
    return devices, names.group_by(place).agg(pl.col("value").min().alias("previous"))


def _seen_from(said: pl.DataFrame, one: str, other: str) -> pl.DataFrame:
    return said.select(
        pl.col(one).alias("identity_id"),
        "at",
        pl.col(f"{other}_kind").alias("other"),
        pl.col(f"{other}_value").alias("value"),
    )


def _envelope() -> pl.Expr:
    """The envelope as text; the JSON of properties, traits and context goes in as it is."""
    said = pl.struct(
        pl.col("user").alias("userId"),
        pl.col("device").alias("anonymousId"),
        pl.col("previous").alias("previousId"),
        pl.col("message_id").alias("messageId"),
        pl.when(pl.col("kind") == "track").then("event").alias("event"),
        pl.col("at").dt.strftime(_ISO).alias("timestamp"),
    ).struct.json_encode()
    return pl.concat_str(
        pl.lit('{"k":"'), "kind", pl.lit('","r":"'), pl.col("moment").dt.strftime(_ISO), pl.lit('","e":'),
        said.str.strip_suffix("}"), pl.lit(',"properties":'), "properties", pl.lit(',"traits":'), "traits",
        pl.lit(',"context":'), "context", pl.lit("}}"),
    )  # fmt: skip
