"""What people did while a digest waited: their events from the hot history, one query for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct

from hourglass.journeys.runs.known import looked_at, that_match
from hourglass.journeys.steps import Collected, Run
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("collect.sql"))
_MOST = 1000
_TYPED = ("order_id", "product_id", "category", "quantity", "revenue")


class _Row(Struct, frozen=True, kw_only=True):
    run_id: int
    seq: int
    at: datetime
    order_id: str | None
    product_id: str | None
    category: str | None
    quantity: int | None
    revenue: int | None
    properties: dict[str, Any]


def collect(
    tx: Transaction, workspace: Workspace, collected: Collected, runs: Sequence[Run]
) -> list[list[dict[str, Any]]]:
    """For each woken run its events, the latest first; of more than a thousand the latest.

    What let the run in counts, where the digest is the first thing it does.
    """
    if not runs:
        return []
    rows = _queries.rows(
        tx,
        "collected",
        _Row,
        workspace_id=workspace.id,
        event=collected.event,
        runs=[run.id for run in runs],
        people=[run.profile_id for run in runs],
        since=[_woke(run) - collected.span for run in runs],
        until=[_woke(run) for run in runs],
        firsts=[run.entry_seq if run.entered_at == _woke(run) - collected.span else None for run in runs],
        most=_MOST,
    )
    events = [
        looked_at(collected.event, row.at, row.properties, workspace, {name: getattr(row, name) for name in _TYPED})
        for row in rows
    ]
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for place in that_match(events, collected.where, workspace):
        row = rows[place]
        found[row.run_id].append({"event": collected.event, "at": row.at, "properties": row.properties})
    return [found[run.id] for run in runs]


def _woke(run: Run) -> datetime:
    """By its own reckoning, whenever the engine came."""
    return run.began or run.moment
