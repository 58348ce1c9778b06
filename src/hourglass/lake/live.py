"""Profiles, orders, messages and identities as they are right now in PostgreSQL, as frames with good types."""

from __future__ import annotations

from decimal import Decimal

import polars as pl
from msgspec import Struct

from hourglass.kernel import WorkspaceId, exponent
from hourglass.lake import store
from hourglass.lake.schema import UTC_TIME
from hourglass.postgres import Transaction


class LiveTable(Struct, frozen=True, kw_only=True):
    """One of them: its columns as the query of the same name gives them, and which of those are money or JSON."""

    name: str
    columns: pl.Schema
    money: tuple[str, ...] = ()
    json: tuple[str, ...] = ()


PROFILES = LiveTable(
    name="profiles",
    columns=pl.Schema(
        {
            "id": pl.Int64,
            "known": pl.Boolean,
            "email": pl.String,
            "phone": pl.String,
            "traits": pl.String,
            "first_seen_at": UTC_TIME,
            "last_seen_at": UTC_TIME,
            "events": pl.Int64,
        }
    ),
    json=("traits",),
)
ORDERS = LiveTable(
    name="orders",
    columns=pl.Schema(
        {
            "id": pl.String,
            "profile_id": pl.Int64,
            "state": pl.String,
            "ordered_at": UTC_TIME,
            "updated_at": UTC_TIME,
            "revenue": pl.Int64,
            "net": pl.Int64,
            "currency": pl.String,
            "lines": pl.String,
            "historical": pl.Boolean,
        }
    ),
    money=("revenue", "net"),
    json=("lines",),
)
MESSAGES = LiveTable(
    name="messages",
    columns=pl.Schema(
        {
            "id": pl.Int64,
            "profile_id": pl.Int64,
            "run_id": pl.Int64,
            "journey": pl.String,
            "step": pl.String,
            "channel": pl.String,
            "topic": pl.String,
            "template": pl.String,
            "class": pl.String,
            "state": pl.String,
            "reason": pl.String,
            "detail": pl.String,
            "address": pl.String,
            "subject": pl.String,
            "created_at": UTC_TIME,
            "not_before": UTC_TIME,
            "sent_at": UTC_TIME,
            "delivered_at": UTC_TIME,
            "opened_at": UTC_TIME,
            "clicked_at": UTC_TIME,
            "bounced_at": UTC_TIME,
        }
    ),
)
IDENTITIES = LiveTable(
    name="identities",
    columns=pl.Schema(
        {
            "id": pl.Int64,
            "kind": pl.String,
            "value": pl.String,
            "profile_id": pl.Int64,
            "first_seen_at": UTC_TIME,
        }
    ),
)
MOVED = LiveTable(
    name="moved_identities",
    columns=pl.Schema({"identity_id": pl.Int64, "profile_id": pl.Int64}),
)


def read_live(tx: Transaction, table: LiveTable, workspace_id: WorkspaceId) -> pl.DataFrame:
    """The rows of a workspace; money in major units."""
    return in_major_units(store.read_rows(tx, table.name, workspace_id, table.columns), table)


def nobody(table: LiveTable) -> pl.DataFrame:
    """The same without rows."""
    return in_major_units(table.columns.to_frame(), table)


def moved_identities(tx: Transaction, workspace_id: WorkspaceId) -> pl.DataFrame:
    """`identity_id` and `profile_id` of today of the identifiers that changed their person; see `scan`."""
    return read_live(tx, MOVED, workspace_id)


def in_major_units(frame: pl.DataFrame, table: LiveTable) -> pl.DataFrame:
    """1899 EUR becomes 18.99; two decimals, three where a currency among the rows has three."""
    if not table.money:
        return frame
    currencies = frame["currency"].unique().drop_nulls().to_list()
    digits = max([2, *map(exponent, currencies)])
    decimal = pl.Decimal(38, digits)
    units = {currency: Decimal(1).scaleb(-exponent(currency)) for currency in currencies}
    unit = pl.col("currency").replace_strict(units, default=None, return_dtype=decimal)
    return frame.with_columns(pl.col(name).cast(decimal) * unit for name in table.money)
