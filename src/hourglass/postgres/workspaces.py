"""Finding a workspace."""

from __future__ import annotations

from pathlib import Path

from hourglass.kernel import NotFound, Workspace, WorkspaceId
from hourglass.postgres.database import Transaction
from hourglass.postgres.queries import Queries

_queries = Queries(Path(__file__).with_name("queries.sql"))
FIRST = WorkspaceId(1)


def find_workspace(tx: Transaction, workspace_id: WorkspaceId = FIRST) -> Workspace:
    """The workspace of that id, or NotFound."""
    found = _queries.one(tx, "workspace", Workspace, workspace_id=workspace_id)
    if found is None:
        raise NotFound(f"There is no workspace {workspace_id}.")
    return found


def list_workspaces(tx: Transaction) -> list[Workspace]:
    """All of them, oldest first."""
    return _queries.rows(tx, "workspaces", Workspace)
