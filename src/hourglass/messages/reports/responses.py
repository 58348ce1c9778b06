"""What people did with messages of one send that differ: the numbers by which one of them is chosen."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hourglass.kernel import Workspace, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("responses.sql"))


class Response(Struct, frozen=True, kw_only=True):
    """Everybody that one place of the document was meant for. Opens and clicks by people alone; revenue in minor units.

    `turned_away`: unsubscribed or complained. Variances are those of a sample, over people.
    """

    step: str
    people: int
    sent: int
    opened: int
    clicked: int
    turned_away: int
    buyers: int
    orders: int
    revenue: int
    orders_variance: float
    revenue_variance: float


def responses(tx: Transaction, workspace: Workspace, send_id: int, places: str, span: timedelta) -> dict[str, Response]:
    """By place, of the places that begin with `places`; what happened within `span` of each message."""
    rows = _queries.rows(
        tx,
        "responses",
        Response,
        workspace_id=workspace.id,
        send_id=send_id,
        places=f"{places}%",
        span=span,
        currency=workspace.currency,
    )
    return {row.step: row for row in rows}


def last_left(tx: Transaction, workspace_id: WorkspaceId, send_id: int, places: str) -> tuple[datetime | None, int]:
    """When the last message of these places left, and how many have no final state yet."""
    [(last, waiting)] = _queries.tuples(
        tx, "last_left", workspace_id=workspace_id, send_id=send_id, places=f"{places}%"
    )
    return last, waiting
