"""Lists inside the tick: contacts that now exist come onto theirs, and everybody who was moved meanwhile is told of."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

import polars as pl

from hourglass.audience.update import NOBODY, Moved
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("lists.sql"))
_MOVES_PER_TICK = 5000
_PENDING_DAYS = 7
_SCHEMA = {"profile_id": pl.Int64, "segment_id": pl.Int32, "entered": pl.Boolean}


def settle_lists(tx: Transaction, workspace_id: WorkspaceId, touched: Collection[int], now: datetime) -> Moved:
    """Who entered or left a list since the last tick: journeys on segment entry hear of it from here.

    Whoever another segment may mean because of that is asked again, in this very tick (so it comes before the
    segments are updated). `touched`: everybody with an event in the batch.
    """
    ((pending, moves),) = _queries.tuples(tx, "waiting", workspace_id=workspace_id)
    if pending and touched:
        came = _queries.execute(tx, "welcome", workspace_id=workspace_id, touched=sorted(touched), now=now)
        moves = moves or came > 0
    if not moves:
        return Moved(entered=NOBODY, left=NOBODY, asked=0)
    frame = pl.DataFrame(_take(tx, workspace_id, now), schema=_SCHEMA, orient="row")
    return Moved(
        entered=frame.filter("entered").drop("entered"), left=frame.filter(~pl.col("entered")).drop("entered"), asked=0
    )


def mend_lists(tx: Transaction, workspace_id: WorkspaceId, now: datetime) -> int:
    """Hold the members of all lists against their identities; how many people were set right (none, nearly always).

    Also forgets what is left of removed lists.
    """
    before = now - timedelta(days=_PENDING_DAYS)
    _queries.execute(tx, "forget_lists", workspace_id=workspace_id, before=before)
    return _queries.execute(tx, "mend", workspace_id=workspace_id, now=now)


def _take(tx: Transaction, workspace_id: WorkspaceId, now: datetime) -> list[tuple[int, int, bool]]:
    taken = _queries.tuples(tx, "take_moves", workspace_id=workspace_id, most=_MOVES_PER_TICK)
    lists = sorted({segment for _, segment, _ in taken})
    named = {row[0] for row in _queries.tuples(tx, "named", workspace_id=workspace_id, ids=lists)}
    again = sorted({profile for profile, segment, _ in taken if segment in named})
    if again:
        _queries.execute(tx, "ask_again", workspace_id=workspace_id, ids=again, now=now)
    return taken  # pyright: ignore[reportReturnType]
