"""`/api/connectors`: what other systems were told of audiences, and what they have not taken yet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from litestar import Controller, get
from litestar.di import NamedDependency as Given
from msgspec import Struct

from hourglass.kernel import Permission, Workspace, WorkspaceId
from hourglass.messages import words_of
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("syncs.sql"))


class _People(Struct, frozen=True, kw_only=True):
    connector: str
    audience: str
    waiting: int
    added: int
    removed: int
    refused: int
    failed: int
    last_at: datetime | None


class _Row(_People, frozen=True, kw_only=True):
    last_reason: str | None
    last_detail: str | None


class AudienceState(_People, frozen=True, kw_only=True):
    """One audience of one connector over the last 30 days, in people; `problem`: the latest, in words."""

    problem: dict[str, str] | None
    detail: str | None


class ConnectorsController(Controller):
    """Connectors at work."""

    path = "/api/connectors"
    tags = ("journeys",)

    @get("/audiences", needs=Permission.LOOK, sync_to_thread=True)
    def audiences(self, tx: Given[Transaction], workspace: Given[Workspace]) -> list[AudienceState]:
        """Every audience that was told of lately."""
        return audience_states(tx, workspace.id)


def audience_states(tx: Transaction, workspace_id: WorkspaceId) -> list[AudienceState]:
    """Every audience of every connector."""
    return [
        AudienceState(
            **{name: getattr(row, name) for name in _People.__struct_fields__},
            problem=words_of(row.last_reason),
            detail=row.last_detail,
        )
        for row in _queries.rows(tx, "report", _Row, workspace_id=workspace_id)
    ]
