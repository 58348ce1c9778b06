"""Lets into the scratch, as its time comes, what was laid aside: people, answers, what others said to people."""

from __future__ import annotations

from bisect import bisect_right
from datetime import datetime
from pathlib import Path

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("release.sql"))


class Release:
    """Remembers the moments, so that nothing is asked while nothing comes."""

    def __init__(self, tx: Transaction, workspace_id: WorkspaceId, *, segments: bool) -> None:
        """`segments`: whether people who are new have to be asked about segments."""
        self._workspace_id = workspace_id
        self._segments = segments
        self._moments = [row[0] for row in _queries.tuples(tx, "moments", workspace_id=workspace_id)]

    def until(self, tx: Transaction, now: datetime) -> None:
        """Everything up to now."""
        come = bisect_right(self._moments, now)
        if come:
            _queries.execute(tx, "identities", workspace_id=self._workspace_id, now=now, asked=self._segments)
            _queries.execute(tx, "others", workspace_id=self._workspace_id, now=now)
            del self._moments[:come]
