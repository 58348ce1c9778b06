"""Keys for the hot path: all of them in memory, read again while they are used, and sooner when a stranger knocks."""

from __future__ import annotations

import asyncio

from hourglass.kernel import Unavailable, monotonic
from hourglass.postgres import Database
from hourglass.web.auth.keys import FoundKey, living_keys
from hourglass.web.auth.tokens import token_hash

_FRESH_SECONDS = 1.0
"""A revoked key is refused after this at the latest."""
_SOON_SECONDS = 0.5
"""At this age the keys are read again beside the requests, so that under load none has to wait."""
_STRANGER_SECONDS = 0.25
"""However many unknown keys are tried, the database is asked no more often than this."""
_PATIENCE_SECONDS = 2.0
_AWAY = "The database is not available right now, so this key cannot be checked. Nothing was stored; send it again."


class KeyRing:
    """Answers from memory; asks the database off the event loop, over a connection that no slow page can take."""

    def __init__(self, database: Database) -> None:
        self._database = Database(database.url, max_size=1)
        self._living: dict[bytes, FoundKey] = {}
        self._seen: dict[str, FoundKey] = {}
        self._read_at = self._asked_at = float("-inf")
        self._reading: asyncio.Task[None] | None = None

    def remembered(self, key: str) -> FoundKey | None:
        """What a key opens that was here within the last second, without waiting."""
        age = monotonic() - self._read_at
        if age >= _FRESH_SECONDS:
            return None
        if age >= _SOON_SECONDS:
            self._read_beside()
        return self._seen.get(key)

    async def find(self, key: str) -> FoundKey | None:
        """What the key opens, or None. Raises Unavailable when it was never seen and the database is away."""
        digest = token_hash(key)
        if monotonic() - self._read_at >= _FRESH_SECONDS or digest not in self._living:
            reading = self._read_beside()
            await asyncio.wait({reading}, timeout=_PATIENCE_SECONDS)
            # While the keys cannot be read nothing can be stored either: the log has the better words for that.
            if digest not in self._living and (not reading.done() or reading.exception()):
                raise Unavailable(_AWAY)
        found = self._living.get(digest)
        if found is not None:
            self._seen[key] = found
        return found

    def close(self) -> None:
        """Close its connection."""
        self._database.close()

    def _read_beside(self) -> asyncio.Task[None]:
        """One reading serves all who wait for it."""
        if self._reading is None:
            self._reading = asyncio.create_task(self._read())
            self._reading.add_done_callback(self._done)
        return self._reading

    async def _read(self) -> None:
        await asyncio.sleep(max(0.0, self._asked_at + _STRANGER_SECONDS - monotonic()))
        begun = self._asked_at = monotonic()
        self._living = await asyncio.to_thread(self._ask)
        self._seen = {}
        self._read_at = begun

    def _ask(self) -> dict[bytes, FoundKey]:
        with self._database.transaction() as tx:
            return living_keys(tx)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._reading = None
        if not task.cancelled():
            task.exception()
