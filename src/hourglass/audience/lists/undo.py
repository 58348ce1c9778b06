"""Taking back the last change of a list."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hourglass.audience.lists.change import ListChange, open_change
from hourglass.audience.lists.standing import find_list
from hourglass.kernel import Conflict, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("lists.sql"))


def undo_change(tx: Transaction, workspace_id: WorkspaceId, key: str, *, author: str, now: datetime) -> ListChange:
    """Take back the last change that stands; again, and the one before is taken back too.

    Contacts that an import made stay: what happened is not rewritten. Raises Conflict when there is nothing left.
    """
    list_id = find_list(tx, workspace_id, key).id
    place = {"workspace_id": workspace_id, "list_id": list_id}
    _queries.execute(tx, "hold", **place)
    last = _queries.one(tx, "last_change", ListChange, **place)
    if last is None:
        raise Conflict(f"There is no change of “{key}” left to take back.", path="key")
    change = open_change(tx, workspace_id, key, "undo", author=author, source=f"{last.kind} {last.source}", now=now)
    for added, removed in _queries.tuples(tx, "parts", workspace_id=workspace_id, change_id=last.id):
        change.drop(added)
        change.put(removed)
    _queries.execute(tx, "forget_pending", workspace_id=workspace_id, change_id=last.id)
    _queries.execute(tx, "mark_undone", workspace_id=workspace_id, change_id=last.id, undone_by=change.id)
    return change.close(undoes=last.id)
