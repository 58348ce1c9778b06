"""The workspaces there are."""

from __future__ import annotations

from pathlib import Path

from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))


def list_workspaces(tx: Transaction) -> list[Workspace]:
    """All of them, oldest first."""
    return _queries.rows(tx, "workspaces", Workspace)
