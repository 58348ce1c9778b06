"""What sells best, by category; asked of the orders once in a while and remembered by each worker."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

Wish = tuple[str | None, timedelta]
"""A category (None: any) and how far back sales count."""

_queries = Queries(Path(__file__).with_name("bestsellers.sql"))
_FRESH = timedelta(minutes=10)
_MOST = 60


class Bestsellers:
    """The memory of one worker; one query for all that is asked and not remembered."""

    def __init__(self) -> None:
        self._known: dict[tuple[WorkspaceId, Wish], tuple[datetime, list[str]]] = {}

    def of(
        self, tx: Transaction, workspace_id: WorkspaceId, wishes: Collection[Wish], now: datetime
    ) -> dict[Wish, list[str]]:
        """Product ids, the most sold first."""
        stale = [one for one in set(wishes) if not self._fresh(workspace_id, one, now)]
        if stale:
            for wish, ids in zip(stale, _ask(tx, workspace_id, stale, now), strict=True):
                self._known[workspace_id, wish] = (now, ids)
        return {one: self._known[workspace_id, one][1] for one in wishes}

    def _fresh(self, workspace_id: WorkspaceId, wish: Wish, now: datetime) -> bool:
        known = self._known.get((workspace_id, wish))
        return known is not None and abs(now - known[0]) < _FRESH


def _ask(tx: Transaction, workspace_id: WorkspaceId, wishes: Sequence[Wish], now: datetime) -> list[list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for number, product_id in _queries.tuples(
        tx,
        "bestsellers",
        workspace_id=workspace_id,
        numbers=list(range(len(wishes))),
        categories=[category for category, _ in wishes],
        moments=[now - within for _, within in wishes],
        now=now,
        most=_MOST,
    ):
        found[number].append(product_id)
    return [found[number] for number in range(len(wishes))]
