"""Which profile a group of identifiers is: stable while people grow, and given back when they are taken apart again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from hourglass.profiles.identifiers import STRENGTH, Identifier


class Node(Struct, kw_only=True, gc=False):
    """An identity as it stands: its person now, and the one it began as."""

    id: int
    name: Identifier
    profile_id: int
    home_id: int
    new: bool = False
    holds: bool = True
    """Whether events may be stored under it."""
    version: int | None = None
    """Where it was remembered: when its person was last regrouped then (0: never)."""
    linked_to: int = 0
    """One identity it is known to be linked with by evidence of the usual kind, since `linked_at`."""
    linked_at: datetime | None = None

    @property
    def claim(self) -> tuple[bool, int, int]:
        """Who of those who began as the same person owns that profile: the lowest."""
        return self.new, STRENGTH[self.name.kind], self.id


def settle(groups: Sequence[Sequence[int]], nodes: Mapping[int, Node]) -> list[int | None]:
    """The profile of each group; None where it needs a new one.

    A profile goes with the strongest identifier that began as it. Of the profiles a group may have it takes the oldest
    of somebody known, else the oldest: so a visitor is absorbed by the contact, and the younger contact by the older.
    """
    owners = _owners(nodes.values())
    return [
        _oldest(owners[nodes[one].home_id] for one in group if owners[nodes[one].home_id].id == one) for group in groups
    ]


def _owners(nodes: Iterable[Node]) -> dict[int, Node]:
    owners: dict[int, Node] = {}
    for node in nodes:
        holder = owners.get(node.home_id)
        if holder is None or node.claim < holder.claim:
            owners[node.home_id] = node
    return owners


def _oldest(owners: Iterable[Node]) -> int | None:
    best = min(owners, key=lambda node: (node.new, not node.name.known, node.home_id), default=None)
    return None if best is None else best.home_id
