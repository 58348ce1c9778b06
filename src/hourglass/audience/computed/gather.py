"""The frames of a run, on Polars: events from the lake, people from PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import narwhals as nw
import polars as pl

from hourglass.audience.computed import order_events, store
from hourglass.audience.computed.json_columns import opened
from hourglass.audience.computed.orders import lines_of, standing
from hourglass.audience.computed.sources import Circumstances, Frame, Sources
from hourglass.kernel import Workspace
from hourglass.lake import look, moved_identities, scan
from hourglass.postgres import Database

ACTS = (
    "Products Searched", "Product List Viewed", "Product List Filtered", "Promotion Clicked", "Product Clicked",
    "Product Viewed", "Product Added", "Product Removed", "Cart Viewed", "Cart Shared", "Checkout Started",
    "Checkout Step Completed", "Payment Info Entered", "Order Completed", "Coupon Entered",
    "Product Added to Wishlist", "Product Removed from Wishlist", "Wishlist Product Added to Cart",
    "Product Shared", "Product Reviewed", "Signed Up", "Signed In", "Page Viewed", "Screen Viewed",
)  # fmt: skip
"""What a person does in the shop. What the shop does to an order, and what an import says, is no sign of interest."""
SHARED = ("Product Shared", "Cart Shared", "Invite Sent")
REVIEWED = "Product Reviewed"
GOOD_RATING = 4
MESSAGES = ("Message Sent", "Message Opened", "Message Clicked")
_CHANNEL = "^[a-z][a-z0-9_]{0,31}$"
_MOST_CHANNELS = 20


class Gathering:
    """Reads what the families want; keeps the opened JSON in `folder`, which belongs to this run alone."""

    def __init__(self, database: Database, data: Path, workspace: Workspace, now: datetime, folder: Path) -> None:
        self._workspace, self._now, self._folder = workspace, now, folder
        self._picture = look(database, data)
        with database.transaction() as tx:
            self._moved = moved_identities(tx, workspace.id)
            self.people = store.read_people(tx, workspace.id)

    def sources(self) -> tuple[Sources, Circumstances]:
        """The frames, nothing but orders and the opened JSON read yet."""
        orders, bought = self._orders()
        messages = self._messages()
        sources = Sources(
            people=_of(self.people.lazy()),
            orders=orders,
            bought=bought,
            acts=_of(self._acts()),
            praise=_of(self._praise()),
            messages=_of(messages),
        )
        now = int(pl.Series([self._now]).cast(pl.Datetime("us", "UTC")).cast(pl.Int64)[0])
        return sources, Circumstances(now=now, channels=_channels(messages))

    def _orders(self) -> tuple[Frame, Frame]:
        path = self._folder / "orders.parquet"
        order_events.keep_opened(self._scan(order_events.COLUMNS, order_events.NAMES), path)
        lines = order_events.read_lines(path, self._workspace)
        told = order_events.read_events(path, lines).with_columns(self._day(), pl.col("at").cast(pl.Int64))
        events = _of(told)
        # Asked by most families, and small: a row an order.
        orders = nw.to_native(standing(events, self._workspace.currency)).collect(engine="streaming").lazy()
        return _of(orders), lines_of(_of(lines), events, _of(orders))

    def _acts(self) -> pl.LazyFrame:
        acts = self._scan(("profile_id", "event", "at", "category"), ACTS)
        return acts.with_columns(
            hour=self._local().dt.hour().cast(pl.Int64),
            weekday=self._local().dt.weekday().cast(pl.Int64),
            at=pl.col("at").cast(pl.Int64),
        )

    def _praise(self) -> pl.LazyFrame:
        told = self._scan(("profile_id", "event", "at", "properties"), (*SHARED, REVIEWED))
        rating = opened("properties", ("rating",)).struct.field("rating").cast(pl.Float64, strict=False)
        good = (pl.col("event") != REVIEWED) | (rating >= GOOD_RATING)
        return told.filter(good).select("profile_id", pl.col("at").cast(pl.Int64))

    def _messages(self) -> pl.LazyFrame:
        path = self._folder / "messages.parquet"
        told = self._scan(("profile_id", "event", "at", "properties"), MESSAGES).with_columns(
            opened("properties", ("channel", "message_id", "by")).alias("told")
        )
        own = pl.col("told").struct
        human = own.field("by").fill_null("human") == "human"
        told.filter(human & own.field("channel").str.contains(_CHANNEL)).select(
            "profile_id",
            "event",
            pl.col("at").cast(pl.Int64),
            own.field("channel").alias("channel"),
            own.field("message_id").alias("message"),
        ).sink_parquet(path, compression="zstd", compression_level=1)
        return pl.scan_parquet(path)

    def _scan(self, columns: Sequence[str], names: Sequence[str]) -> pl.LazyFrame:
        wanted = [*columns, *({"identity_id"} - set(columns))]
        events = scan(self._picture, self._workspace.id, wanted, names=names, identities=self._moved)
        return events.filter(pl.col("at") <= self._now).select(columns)

    def _local(self) -> pl.Expr:
        return pl.col("at").dt.convert_time_zone(self._workspace.zone)

    def _day(self) -> pl.Expr:
        return self._local().dt.date().cast(pl.Int32).cast(pl.Int64).alias("day")


def _channels(messages: pl.LazyFrame) -> tuple[str, ...]:
    sent = messages.filter(pl.col("event") == MESSAGES[0]).group_by("channel").len().sort("len", "channel")
    return tuple(sorted(sent.tail(_MOST_CHANNELS).collect(engine="streaming")["channel"]))


def _of(frame: pl.LazyFrame) -> Frame:
    return nw.from_native(frame)
