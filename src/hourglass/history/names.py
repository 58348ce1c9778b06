"""Event names as small integers: a dictionary per workspace, grown when a new name appears."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

NEVER = -1
"""Stands for the id of a name that no event has."""

_queries = Queries(Path(__file__).with_name("queries.sql"))


class EventNames:
    """Remembers the ids; asks the database only for names it has not met."""

    def __init__(self) -> None:
        self._ids: dict[WorkspaceId, dict[str, int]] = {}

    def ids(self, tx: Transaction, workspace_id: WorkspaceId, names: Iterable[str], now: datetime) -> dict[str, int]:
        """Every name with its id; unknown ones are added."""
        wanted = set(names)
        known = self._ids.setdefault(workspace_id, {})
        if not wanted <= known.keys():
            missing = sorted(wanted - self._load(tx, workspace_id).keys())
            if missing:
                _queries.execute(tx, "add_names", workspace_id=workspace_id, names=missing, now=now)
            # Not remembered before the commit: a roll-back would leave ids that never came to be.
            return self._read(tx, workspace_id)
        return known

    def known(self, tx: Transaction, workspace_id: WorkspaceId, names: Iterable[str]) -> dict[str, int]:
        """The ids of those that came in some event; -1 stands for a name that never did."""
        wanted, found = set(names), self._ids.get(workspace_id, {})
        if not wanted <= found.keys():
            # Not remembered: this transaction may have added some, and may yet be rolled back.
            found = self._read(tx, workspace_id)
        return dict.fromkeys(wanted, NEVER) | found

    def _load(self, tx: Transaction, workspace_id: WorkspaceId) -> dict[str, int]:
        self._ids[workspace_id] = self._read(tx, workspace_id)
        return self._ids[workspace_id]

    def _read(self, tx: Transaction, workspace_id: WorkspaceId) -> dict[str, int]:
        return dict(_queries.tuples(tx, "names", workspace_id=workspace_id))
