"""Keys for the hot path: looked up once, then known for half a minute; strangers are remembered too, but not many."""

from __future__ import annotations

import asyncio
from collections import OrderedDict

from hourglass.kernel import monotonic
from hourglass.postgres import Database
from hourglass.web.auth.keys import FoundKey, find_key

_FRESH_SECONDS = 30.0
_REMEMBERED = 10_000


class KeyRing:
    """Answers from memory; asks the database off the event loop, at most once per key and half minute."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: OrderedDict[str, tuple[float, FoundKey | None]] = OrderedDict()
        self._asking: dict[str, asyncio.Task[FoundKey | None]] = {}

    def remembered(self, key: str) -> tuple[bool, FoundKey | None]:
        """(whether it is known, what it opens), without waiting."""
        entry = self._known.get(key)
        if entry is None or monotonic() - entry[0] > _FRESH_SECONDS:
            return False, None
        return True, entry[1]

    async def find(self, key: str) -> FoundKey | None:
        """What the key opens, or None. Raises Unavailable when the database is away and the key is not remembered."""
        known, found = self.remembered(key)
        if known:
            return found
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(asyncio.to_thread(self._ask, key))
            task.add_done_callback(lambda _: self._asking.pop(key, None))
        return await asyncio.shield(task)

    def _ask(self, key: str) -> FoundKey | None:
        with self._database.transaction() as tx:
            found = find_key(tx, key)
        self._known[key] = (monotonic(), found)
        while len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return found
