"""Keys of the hot path: from memory, and strangers cannot hammer the database."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from hourglass.kernel import Unavailable, WorkspaceId
from hourglass.postgres import Database
from hourglass.web import KeyRing, create_key, list_keys, revoke_key
from hourglass.web.auth import FoundKey
from hourglass.web.auth.keyring import _FRESH_SECONDS, _SOON_SECONDS  # pyright: ignore[reportPrivateUsage]

SHOP = WorkspaceId(1)


class CountedRing(KeyRing):
    """Counts how often the database is asked."""

    asked = 0

    def _ask(self) -> dict[bytes, FoundKey]:
        self.asked += 1
        return super()._ask()

    def grow_old(self, seconds: float = _FRESH_SECONDS) -> None:
        """As if this time went by."""
        self._read_at -= seconds


def write_key(database: Database) -> str:
    with database.transaction() as tx:
        return create_key(tx, SHOP, "write", datetime.now(UTC))


def revoke_all(database: Database) -> None:
    with database.transaction() as tx:
        for key in list_keys(tx, SHOP):
            revoke_key(tx, SHOP, key.id, datetime.now(UTC))


async def test_a_key_that_was_found_is_remembered(database: Database) -> None:
    ring, key = CountedRing(database), write_key(database)
    assert ring.remembered(key) is None
    assert await ring.find(key) == ring.remembered(key) == FoundKey(workspace_id=SHOP, kind="write")
    await ring.find(key)
    assert ring.asked == 1


async def test_a_revoked_key_is_refused_after_a_second(database: Database) -> None:
    ring, key = CountedRing(database), write_key(database)
    await ring.find(key)
    revoke_all(database)
    assert ring.remembered(key)
    ring.grow_old()
    assert ring.remembered(key) is None
    assert await ring.find(key) is None


async def test_a_key_in_use_is_read_again_beside_the_requests(database: Database) -> None:
    ring, key = CountedRing(database), write_key(database)
    await ring.find(key)
    revoke_all(database)
    ring.grow_old(_SOON_SECONDS)
    assert ring.remembered(key), "this request need not wait"
    assert ring._reading is not None
    await ring._reading
    assert ring.remembered(key) is None
    assert ring.asked == 2


async def test_a_slow_page_cannot_keep_the_keys_waiting(database: Database) -> None:
    only = Database(database.url, max_size=1, patience=0.1)
    ring, key = CountedRing(only), write_key(database)
    with only.transaction():
        assert await ring.find(key)
    ring.close()


async def test_many_strangers_at_once_cost_one_question(database: Database) -> None:
    ring = CountedRing(database)
    found = await asyncio.gather(*(ring.find(f"stranger-{number}") for number in range(500)))
    assert not any(found)
    assert ring.asked == 1


async def test_a_new_key_is_known_though_strangers_just_knocked(database: Database) -> None:
    ring = CountedRing(database)
    await ring.find("stranger")
    assert await ring.find(write_key(database))


async def test_with_the_database_away_a_stranger_is_asked_to_come_back() -> None:
    ring = CountedRing(Database("postgresql://nobody@/nothing?host=/nowhere", patience=0.1))
    with pytest.raises(Unavailable, match="send it again"):
        await ring.find("any")


async def test_with_the_database_away_a_known_key_is_left_to_the_log(database: Database) -> None:
    ring, key = CountedRing(database), write_key(database)
    await ring.find(key)
    ring._database = Database("postgresql://nobody@/nothing?host=/nowhere", patience=0.1)
    ring.grow_old()
    assert await ring.find(key)
