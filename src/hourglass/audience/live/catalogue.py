"""When the catalogue changes, people who showed interest in those products are looked at again.

Beside the tick: for one price, a hundred thousand people may have to be found. Nothing is asked unless a live segment
speaks of products.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from hourglass.audience.interest import BOUGHT, INTEREST
from hourglass.audience.leaves import Product
from hourglass.audience.live.segments import SegmentCache
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("catalogue.sql"))


class CatalogueWatch:
    """Remembers the live segments between looks."""

    def __init__(self) -> None:
        self._cache = SegmentCache()

    def look(self, tx: Transaction, workspace: Workspace, now: datetime) -> int:
        """How many people the next ticks will ask again because of products that changed."""
        if not _queries.scalar(tx, "any_changed", workspace_id=workspace.id):
            return 0
        spoken_of = [leaf for leaf in self._cache.get(tx, workspace).compiled.leaves if isinstance(leaf, Product)]
        if not spoken_of:
            return 0
        changed = [row[0] for row in _queries.tuples(tx, "take_changed", workspace_id=workspace.id)]
        windows: dict[str, timedelta] = {}
        for leaf in spoken_of:
            windows[leaf.which] = max(leaf.within, windows.get(leaf.which, leaf.within))
        return sum(
            _queries.execute(
                tx,
                "recheck_buyers" if which == BOUGHT else "recheck_interested",
                workspace_id=workspace.id,
                products=changed,
                since=now - window,
                now=now,
                **({} if which == BOUGHT else {"event": INTEREST[which]}),
            )
            for which, window in windows.items()
        )
