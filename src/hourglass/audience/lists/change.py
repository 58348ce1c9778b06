"""Changes of a list: each is noted with author, time and what it did, so that the last one can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct, structs

from hourglass import log
from hourglass.audience.lists.standing import find_list
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("lists.sql"))
ChangeKind = Literal["import", "add", "remove", "undo"]


class ListChange(Struct, frozen=True, kw_only=True):
    """One change of a list: `entered` and `left` count people."""

    id: int
    kind: ChangeKind
    author: str
    at: datetime
    source: str
    """The file it came from, or what was asked for."""
    entered: int = 0
    left: int = 0
    undoes: int | None = None
    undone_by: int | None = None


class OpenChange:
    """A change while it is being made. The list is held until commit, so changes of one list follow each other."""

    def __init__(self, tx: Transaction, workspace_id: WorkspaceId, list_id: int, change: ListChange) -> None:
        self.id = change.id
        self.list_id = list_id
        self._tx = tx
        self._place = {"workspace_id": workspace_id, "list_id": list_id, "change_id": change.id}
        self.change = change
        self.entered = 0
        self.left = 0

    def put(self, identities: Sequence[int]) -> int:
        """These identities are on the list from now on; how many people that brought in."""
        return self._count("put", identities, entered=True)

    def drop(self, identities: Sequence[int]) -> int:
        """These are not; how many people that took out. Who has another identity on the list stays."""
        return self._count("drop", identities, entered=False)

    def close(self, *, undoes: int | None = None) -> ListChange:
        """Write the sums down and rouse the engine, which tells journeys and other segments."""
        change = structs.replace(self.change, entered=self.entered, left=self.left, undoes=undoes)
        sums = {"entered": self.entered, "left": self.left, "undoes": undoes}
        _queries.execute(self._tx, "close_change", **self._place, **sums)
        log.wake(self._tx)
        return change

    def _count(self, query: str, identities: Sequence[int], *, entered: bool) -> int:
        if not identities:
            return 0
        moment = {"now": self.change.at} if entered else {}
        people: int = _queries.scalar(self._tx, query, **self._place, identities=sorted(set(identities)), **moment)
        self.entered += people * entered
        self.left += people * (not entered)
        return people


def open_change(
    tx: Transaction, workspace_id: WorkspaceId, key: str, kind: ChangeKind, *, author: str, source: str, now: datetime
) -> OpenChange:
    """Begin a change of the list `key`. Raises NotFound or Conflict."""
    list_id = find_list(tx, workspace_id, key).id
    _queries.execute(tx, "hold", workspace_id=workspace_id, list_id=list_id)
    said = {"workspace_id": workspace_id, "list_id": list_id, "kind": kind, "author": author, "source": source[:500]}
    number: int = _queries.scalar(tx, "open_change", **said, now=now)
    change = ListChange(id=number, kind=kind, author=author, at=now, source=source[:500])
    return OpenChange(tx, workspace_id, list_id, change)


def changes_of(tx: Transaction, workspace_id: WorkspaceId, key: str, most: int = 50) -> list[ListChange]:
    """What happened to a list, the latest first."""
    list_id = find_list(tx, workspace_id, key).id
    return _queries.rows(tx, "changes", ListChange, workspace_id=workspace_id, list_id=list_id, most=most)
