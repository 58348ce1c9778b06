"""The messages a worker holds between claim and record, and which of them must not leave any more."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterable

from hourglass.messages.outbox.claim import Claim, Lane


class Held:
    """Counts what is in hand, so that no more is claimed than can be sent soon."""

    def __init__(self) -> None:
        self._claims: dict[int, tuple[int, Lane]] = {}
        self._lanes: Counter[Lane] = Counter()
        self._withdrawn: set[int] = set()
        self._fewer = asyncio.Event()

    def __len__(self) -> int:
        return len(self._claims)

    def take(self, claims: Iterable[Claim]) -> None:
        """These are ours now. Called in the claiming thread, so that a commit and this cannot be torn apart."""
        for one in claims:
            self._claims[one.id] = (one.workspace_id, one.lane)
            self._lanes[one.lane] += 1

    def release(self, ids: Iterable[int]) -> None:
        """What became of these is written down."""
        for id_ in ids:
            gone = self._claims.pop(id_, None)
            if gone is not None:
                self._lanes[gone[1]] -= 1
            self._withdrawn.discard(id_)
        self._fewer.set()

    def withdraw(self, ids: Iterable[int]) -> None:
        """These were withheld after we claimed them."""
        self._withdrawn |= set(ids) & self._claims.keys()

    def may_leave(self, id_: int) -> bool:
        """Asked right before a hand-over."""
        return id_ not in self._withdrawn

    def pairs(self) -> set[tuple[int, int]]:
        """(workspace, message) of everything in hand."""
        return {(workspace, id_) for id_, (workspace, _) in dict(self._claims).items()}

    async def at_most(self, count: int, lane: Lane | None = None) -> None:
        """Wait until no more than so many are in hand, of one lane or of all."""
        while (len(self) if lane is None else self._lanes[lane]) > count:
            self._fewer.clear()
            await self._fewer.wait()
