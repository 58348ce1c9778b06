"""Keys of the hot path: from memory, and strangers cannot hammer the database."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from hourglass.kernel import Unavailable, WorkspaceId
from hourglass.postgres import Database
from hourglass.web import KeyRing, create_key
from hourglass.web.auth import FoundKey
from hourglass.web.auth.keyring import _FRESH_SECONDS  # pyright: ignore[reportPrivateUsage]

SHOP = WorkspaceId(1)


class CountedRing(KeyRing):
    """Counts how often the database is asked."""

    asked = 0

    def _ask(self) -> dict[bytes, FoundKey]:
        self.asked += 1
        return super()._ask()

    def grow_old(self) -> None:
        """As if half a minute went by."""
        self._read_at -= _FRESH_SECONDS


def write_key(database: Database) -> str:
    with database.transaction() as tx:
        return create_key(tx, SHOP, "write", datetime.now(UTC))


async def test_a_key_that_was_found_is_remembered(database: Database) -> None:
    ring, key = CountedRing(database), write_key(database)
    assert ring.remembered(key) is None
    assert await ring.find(key) == ring.remembered(key) == FoundKey(workspace_id=SHOP, kind="write")
    await ring.find(key)
    assert ring.asked == 1


async def test_a_revoked_key_is_refused_after_half_a_minute(database: Database) -> None:
    ring, key = CountedRing(database), write_key(database)
    await ring.find(key)
    with database.transaction() as tx:
        tx.execute("UPDATE api_keys SET revoked_at = now()")
    assert ring.remembered(key)
    ring.grow_old()
    assert ring.remembered(key) is None
    assert await ring.find(key) is None


async def test_many_strangers_at_once_cost_one_question(database: Database) -> None:
    ring = CountedRing(database)
    found = await asyncio.gather(*(ring.find(f"stranger-{number}") for number in range(500)))
    assert not any(found)
    assert ring.asked == 1


async def test_a_new_key_is_known_though_strangers_just_knocked(database: Database) -> None:
    ring = CountedRing(database)
    await ring.find("stranger")
    assert await ring.find(write_key(database))


async def test_with_the_database_away_a_known_key_still_opens_and_an_unknown_one_is_no_refusal() -> None:
    ring = CountedRing(Database("postgresql://nobody@/nothing?host=/nowhere", patience=0.1))
    with pytest.raises(Unavailable):
        await ring.find("any")
