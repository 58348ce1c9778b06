"""What became of the messages of one send of a campaign."""

from __future__ import annotations

from pathlib import Path

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("send.sql"))


def send_states(tx: Transaction, workspace_id: WorkspaceId, send_id: int) -> dict[str, int]:
    """How many messages are in which state."""
    return dict(_queries.tuples(tx, "states", workspace_id=workspace_id, send_id=send_id))
