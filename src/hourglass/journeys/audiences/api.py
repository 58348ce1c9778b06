"""`/api/connectors`: what other systems were told of audiences, and what they have not taken yet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from litestar import Controller, get
from litestar.di import NamedDependency as Given
from msgspec import Struct

from hourglass.kernel import Workspace, WorkspaceId
from hourglass.messages import words_of
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("syncs.sql"))


class _Row(Struct, frozen=True, kw_only=True):
    connector: str
    audience: str
    waiting: int
    added: int
    removed: int
    refused: int
    failed: int
    last_at: datetime | None
    last_reason: str | None
    last_detail: str | None


class AudienceState(Struct, frozen=True, kw_only=True):
    """One audience of one connector over the last 30 days, in people; `problem`: the latest, in words."""

    connector: str
    audience: str
    waiting: int
    added: int
    removed: int
    refused: int
    failed: int
    last_at: datetime | None
    problem: dict[str, str] | None
    detail: str | None


class ConnectorsController(Controller):
    """Connectors at work."""

    path = "/api/connectors"
    tags = ("journeys",)

    @get("/audiences", sync_to_thread=True)
    def audiences(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[AudienceState]:
        """Every audience that was told of lately."""
        return audience_states(tx, workspace.id)


def audience_states(tx: Transaction, workspace_id: WorkspaceId) -> list[AudienceState]:
    """Every audience of every connector."""
    return [
        AudienceState(
            connector=row.connector,
            audience=row.audience,
            waiting=row.waiting,
            added=row.added,
            removed=row.removed,
            refused=row.refused,
            failed=row.failed,
            last_at=row.last_at,
            problem=words_of(row.last_reason),
            detail=row.last_detail,
        )
        for row in _queries.rows(tx, "report", _Row, workspace_id=workspace_id)
    ]
