"""What just happened, for the page that shows the shop right now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from hourglass.kernel import ProfileId, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))


class Minute(Struct, frozen=True, kw_only=True):
    """How often one event happened in one minute."""

    minute: datetime
    name: str
    events: int


class LatestEvent(Struct, frozen=True, kw_only=True):
    """One recent event."""

    at: datetime
    name: str
    profile_id: ProfileId
    properties: dict[str, Any]
    seq: int


def per_minute(tx: Transaction, workspace_id: WorkspaceId, since: datetime, now: datetime) -> list[Minute]:
    """Counts by minute and event name."""
    return _queries.rows(tx, "per_minute", Minute, workspace_id=workspace_id, since=since, now=now)


def latest(tx: Transaction, workspace_id: WorkspaceId, since: datetime, now: datetime, most: int) -> list[LatestEvent]:
    """The newest events, newest first."""
    return _queries.rows(tx, "latest", LatestEvent, workspace_id=workspace_id, since=since, now=now, most=most)
