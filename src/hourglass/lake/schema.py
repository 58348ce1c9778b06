"""What an event looks like in the lake, and how the Delta table that holds it is kept."""

from __future__ import annotations

import polars as pl

EVENTS = "events"
"""Name of the Delta table of all events, in `lake/events` of the data folder."""

UTC_TIME = pl.Datetime("us", "UTC")

EVENT_COLUMNS = pl.Schema(
    {
        "workspace_id": pl.Int32,
        "profile_id": pl.Int64,  # the person when the event was processed; `identities` knows who it is today
        "identity_id": pl.Int64,  # who, as the event said it
        "event": pl.String,
        "kind": pl.String,
        "message_id": pl.String,
        "seq": pl.Int64,  # its place in the log: what came first of events of one moment
        "at": UTC_TIME,
        "received_at": UTC_TIME,
        "order_id": pl.String,
        "product_id": pl.String,
        "category": pl.String,
        "quantity": pl.Int32,
        "revenue": pl.Int64,  # minor units of `currency`
        "currency": pl.String,
        "properties": pl.String,  # JSON
        "traits": pl.String,  # JSON
        "context": pl.String,  # JSON
        "historical": pl.Boolean,
    }
)
"""Columns of a frame for `enqueue`, in the order of the table."""

MONTH = "month"
"""The partition, `YYYY-MM` of `at` in UTC; added on the way into the table."""

TABLE_COLUMNS = pl.Schema({**EVENT_COLUMNS, MONTH: pl.String})

# The log keeps the least and greatest values of these columns for as long as it lives, past any erasure: nothing that
# could say who somebody is belongs here.
STATISTICS = ("workspace_id", "profile_id", "identity_id", "event", "at", "received_at")
"""Columns of which the log knows least and greatest."""

PROPERTIES = {
    "delta.dataSkippingStatsColumns": ",".join(STATISTICS),
    "delta.checkpointInterval": "50",
    # Each write looks through the whole log (9 ms per 1,000 entries), and there may be one a second.
    "delta.logRetentionDuration": "interval 1 hours",
    # How long a reader may go on with the files it was told when it began.
    "delta.deletedFileRetentionDuration": "interval 1 days",
}
"""Configuration of the Delta table."""


def month_of(at: pl.Expr) -> pl.Expr:
    """The partition that a moment falls in."""
    return at.dt.strftime("%Y-%m")
