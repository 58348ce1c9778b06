"""The messages a worker holds between claim and record, and which of them must not leave any more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from hourglass.messages.outbox.claim import Claim


class Held:
    """Counts what is in hand, so that no more is claimed than can be sent soon."""

    def __init__(self) -> None:
        self._workspaces: dict[int, int] = {}
        self._withdrawn: set[int] = set()
        self._fewer = asyncio.Event()

    def __len__(self) -> int:
        return len(self._workspaces)

    def take(self, claims: Iterable[Claim]) -> None:
        """These are ours now. Called in the claiming thread, so that a commit and this cannot be torn apart."""
        self._workspaces |= {one.id: one.workspace_id for one in claims}

    def release(self, ids: Iterable[int]) -> None:
        """What became of these is written down."""
        for id_ in ids:
            self._workspaces.pop(id_, None)
            self._withdrawn.discard(id_)
        self._fewer.set()

    def withdraw(self, ids: Iterable[int]) -> None:
        """These were withheld after we claimed them."""
        self._withdrawn |= set(ids) & self._workspaces.keys()

    def may_leave(self, id_: int) -> bool:
        """Asked right before a hand-over."""
        return id_ not in self._withdrawn

    def pairs(self) -> set[tuple[int, int]]:
        """(workspace, message) of everything in hand."""
        return {(workspace, id_) for id_, workspace in dict(self._workspaces).items()}

    async def at_most(self, count: int) -> None:
        """Wait until no more than so many are in hand."""
        while len(self) > count:
            self._fewer.clear()
            await self._fewer.wait()
