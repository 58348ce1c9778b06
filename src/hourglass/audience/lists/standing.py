"""Which segment is a static list, and which is not."""

from __future__ import annotations

from hourglass.definitions import Definition, find
from hourglass.kernel import Conflict, WorkspaceId
from hourglass.postgres import Transaction

SEGMENT = "segment"


def is_list(definition: Definition) -> bool:
    """A segment that says `list: true` has members who were put there, and no condition."""
    return definition.body.get("list") is True


def find_list(tx: Transaction, workspace_id: WorkspaceId, key: str) -> Definition:
    """The list of this key. Raises NotFound, or Conflict for a segment that follows a condition or is archived."""
    found = find(tx, workspace_id, SEGMENT, key)
    if not is_list(found):
        raise Conflict(
            f"“{key}” is a live segment: its condition says who belongs to it. Make a list with `list: true`, "
            "and put the members of this segment there.",
            path="key",
        )
    if found.state == "archived":
        raise Conflict(f"The list “{key}” is archived; make it live again first.", path="key")
    return found
