"""Orders and carts go with the identity they were made under when it changes its person."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import Move

_queries = Queries(Path(__file__).with_name("follow.sql"))


def follow(moves: Collection[Move], tx: Transaction, workspace_id: WorkspaceId) -> None:
    """Doing it twice changes nothing."""
    if not moves:
        return
    ids, origins, targets = map(list, zip(*sorted(moves), strict=True))
    for name in ("orders", "carts"):
        _queries.execute(tx, name, workspace_id=workspace_id, ids=ids, origins=origins, targets=targets)
