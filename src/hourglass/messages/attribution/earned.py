"""What journeys and campaigns earned, as far as orders are credited to their messages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from hourglass.kernel import Workspace, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("attribution.sql"))


class Earned(Struct, frozen=True, kw_only=True):
    """Orders credited to one step in one currency. `kept`: not taken back as a whole; `revenue` in minor units."""

    source_id: int
    """definitions.id of the journey or campaign."""
    send_id: int | None
    step: str
    currency: str
    orders: int
    kept: int
    revenue: int


class Credited(Struct, frozen=True, kw_only=True):
    """Orders in the currency of the shop that are credited to any message; `revenue` in minor units."""

    orders: int
    revenue: int


def credited(tx: Transaction, workspace: Workspace) -> Credited:
    """To all journeys and campaigns together, as of now."""
    [row] = _queries.rows(tx, "credited", Credited, workspace_id=workspace.id, currency=workspace.currency)
    return row


def earned(tx: Transaction, workspace_id: WorkspaceId, sources: Iterable[int]) -> list[Earned]:
    """Of these journeys and campaigns (ids of their definitions), as of now."""
    return _queries.rows(tx, "earned", Earned, workspace_id=workspace_id, sources=list(sources))
