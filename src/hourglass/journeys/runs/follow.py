"""The runs of an absorbed visitor go on with the person they turned out to be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from hourglass.journeys.entries import queue
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("runs.sql"))


def follow(tx: Transaction, workspace: Workspace, merged: Iterable[tuple[int, int]], now: datetime) -> None:
    """`merged`: (loser, winner) profiles. Where the winner is in the same journey already, the loser's run ends."""
    pairs = list(merged)
    if not pairs:
        return
    queue.follow(tx, workspace.id, pairs)
    losers, winners = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    _queries.execute(tx, "follow", workspace_id=workspace.id, losers=losers, winners=winners)
    _queries.tuples(tx, "end_rest", workspace_id=workspace.id, losers=losers, now=now)
