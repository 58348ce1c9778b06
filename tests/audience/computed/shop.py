"""A workspace with people and a lake, for computing traits."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from hourglass.audience.computed import ComputedReport, compute
from hourglass.kernel import Workspace
from hourglass.lake import EVENT_COLUMNS, enqueue
from hourglass.postgres import Database, find_workspace

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)


class Shop:
    """People and their events; what was computed about them."""

    def __init__(self, database: Database, data: Path) -> None:
        self.database = database
        self.data = data
        self._events = 0

    def settle(self, zone: str, currency: str) -> None:
        """Where the shop is."""
        self.run("UPDATE workspaces SET zone = %s, currency = %s WHERE id = 1", zone, currency)

    def run(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """A statement in a transaction of its own."""
        with self.database.transaction() as tx:
            cursor = tx.execute(sql.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def people(self, ids: Collection[int], known: bool = True) -> None:
        """Profiles, each with one identity of the same number."""
        self.run(
            "INSERT INTO profiles (workspace_id, id, known, first_seen_at, last_seen_at) "
            "SELECT 1, id, %s, now(), now() FROM unnest(%s::bigint[]) AS one (id)", known, list(ids),
        )  # fmt: skip
        self.run(
            "INSERT INTO identities (workspace_id, id, kind, value, profile_id, first_seen_at) "
            "SELECT 1, id, 'user_id', id::text, id, now() FROM unnest(%s::bigint[]) AS one (id)", list(ids),
        )  # fmt: skip

    def keep(self, frame: pl.DataFrame) -> None:
        """Events as a tick hands them over."""
        with self.database.transaction() as tx:
            enqueue(tx, "events", frame)

    def tell(
        self, person: int, event: str, days_ago: float = 1, revenue: float | None = None, **properties: Any
    ) -> None:
        """One event."""
        self._events += 1
        if revenue is not None:
            properties |= {"revenue": revenue}
        row = {
            "workspace_id": 1,
            "profile_id": person,
            "identity_id": person,
            "event": event,
            "kind": "track",
            "message_id": f"m{self._events}",
            "at": NOW - timedelta(days=days_ago),
            "received_at": NOW,
            "order_id": properties.get("order_id"),
            "category": properties.get("category"),
            "revenue": None if revenue is None else round(revenue * 100),
            "currency": properties.get("currency", "EUR"),
            "properties": json.dumps(properties),
            "traits": "{}",
            "context": "{}",
            "historical": False,
        }
        self.keep(pl.DataFrame([row], schema=EVENT_COLUMNS))

    def buy(self, person: int, order: str, revenue: float, days_ago: float = 1, *products: dict[str, Any]) -> None:
        """An order."""
        more = {"products": list(products)} if products else {}
        self.tell(person, "Order Completed", days_ago, revenue, order_id=order, **more)

    def workspace(self) -> Workspace:
        """As it stands."""
        with self.database.transaction() as tx:
            return find_workspace(tx)

    def compute(self, now: datetime = NOW) -> ComputedReport:
        """All traits."""
        return compute(self.database, self.data, self.workspace(), now)

    def traits(self) -> dict[int, dict[str, Any]]:
        """By person."""
        return dict(self.run("SELECT profile_id, traits FROM computed_traits WHERE workspace_id = 1"))
