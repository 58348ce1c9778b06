"""What hangs on an identity goes with it when it changes its person."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles.plan import Absorbed, Move

_queries = Queries(Path(__file__).with_name("follow.sql"))


def follow(
    tx: Transaction, workspace_id: WorkspaceId, moves: Collection[Move], absorbed: Collection[Absorbed], now: datetime
) -> None:
    """Consents and places on lists follow the identity they were given under; who is nobody any more is in no segment.

    Carts, orders and journeys follow in their own stages; messages stay with the profile they were written to, which
    points to the person.
    """
    losers = sorted(pair.loser for pair in absorbed)
    if moves:
        ids, origins, targets = map(list, zip(*sorted(moves), strict=True))
        sides = {"workspace_id": workspace_id, "ids": ids, "origins": origins, "targets": targets}
        _queries.execute(tx, "consents", **sides)
        _queries.execute(tx, "lists", **sides, losers=losers, now=now)
    if losers:
        _queries.execute(tx, "leave_segments", workspace_id=workspace_id, losers=losers)
        _queries.execute(tx, "drop_rechecks", workspace_id=workspace_id, losers=losers)


def recheck(tx: Transaction, workspace_id: WorkspaceId, changed: Collection[int], now: datetime) -> None:
    """Outside of a tick nobody looks at those who were regrouped; the next one does."""
    if changed:
        _queries.execute(tx, "recheck", workspace_id=workspace_id, ids=sorted(changed), now=now)
