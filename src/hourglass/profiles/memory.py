"""What a worker remembers between batches: most people of a batch were there a minute ago, too.

Nothing is taken for granted. Whoever is remembered is held in the database like anybody else, and then the number of
the transaction that last regrouped them must be the remembered one. What a transaction found is remembered once it is
known to have committed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from hourglass.kernel import WorkspaceId
from hourglass.profiles.homes import Node
from hourglass.profiles.identifiers import Identifier


class Memory:
    """Up to `most` identities of each workspace, the longest known forgotten first.

    One for each engine and database; not to be shared by threads.
    """

    def __init__(self, most: int = 150_000) -> None:
        self._most = most
        self._nodes: dict[WorkspaceId, dict[Identifier, Node]] = {}
        self._pending: list[tuple[WorkspaceId, list[Node]]] = []
        self.transaction = 0
        """The one whose findings wait to be confirmed; 0: none."""

    def confirm(self, *, committed: bool) -> None:
        """The fate of that transaction is known."""
        for workspace_id, nodes in self._pending if committed else ():
            known = self._nodes.setdefault(workspace_id, {})
            known.update({node.name: node for node in nodes})
            for name in list(islice(known, max(len(known) - self._most, 0))):
                del known[name]
        self._pending, self.transaction = [], 0

    def of(self, workspace_id: WorkspaceId) -> Mapping[Identifier, Node]:
        """The identities of a workspace as they stood when they were last seen."""
        return self._nodes.get(workspace_id, {})

    def note(self, transaction: int, workspace_id: WorkspaceId, nodes: list[Node]) -> None:
        """What this transaction found out, to be remembered if it commits."""
        if transaction != self.transaction:
            self._pending, self.transaction = [], transaction
        self._pending.append((workspace_id, nodes))

    def forget(self, workspace_id: WorkspaceId, names: Iterable[Identifier]) -> None:
        """These are not what they were."""
        known = self._nodes.get(workspace_id, {})
        for name in names:
            known.pop(name, None)
