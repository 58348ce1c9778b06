"""A build while the shop goes on: whatever happens meanwhile, the members are right in the end, and told of once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hourglass import definitions, log
from hourglass.audience.build import build
from hourglass.engine import Engine
from hourglass.lake import flush
from hourglass.postgres import Database, list_workspaces
from tests.engine.shop import SHOP, Shop

BUYERS = {"kind": "segment", "key": "buyers", "when": {"event": "Order Completed", "value": 2, "within": "30d"}}
SHY = {"kind": "segment", "key": "shy", "when": {"not": {"event": "Order Completed"}}}


@pytest.fixture
def shop(database: Database, data: Path) -> Shop:
    made = Shop(database)
    made.settings = msgspec.structs.replace(made.settings, data=data)
    return made


def order(who: str, **other: Any) -> dict[str, Any]:
    return {"userId": who, "event": "Order Completed", "properties": {"revenue": 10, "currency": "EUR"}, **other}


def begin(shop: Shop, meanwhile: Callable[[], object]) -> int:
    """A build during which something happens once, after it looked at the lake."""
    happened: list[object] = []

    def stopped() -> bool:
        if shop.rows("SELECT 1 FROM segment_builds WHERE total > 0") and not happened:
            happened.append(meanwhile())
        return False

    with shop.database.transaction() as tx:
        (workspace,) = list_workspaces(tx)
    made = build(shop.database, shop.settings.data, workspace, shop.clock.now, stopped)
    assert happened
    return made.segments


def ticks(shop: Shop) -> int:
    """Ticks until nothing is left; how many moves they told of."""
    moved = 0
    while not (report := shop.worker.once()).idle:
        moved += report.moved_segments
    return moved


def test_files_and_queue_are_one_history(shop: Shop) -> None:
    shop.send(order("ann"), order("bob"))
    shop.tick()
    assert flush(shop.database, shop.settings.data, shop.clock.now()).rows == 2
    shop.send(order("ann"))
    shop.tick()
    shop.define(BUYERS, SHY)
    shop.tick()
    assert (shop.members("buyers"), shop.members("shy")) == ({"ann"}, set())


def test_who_comes_by_a_build_did_not_enter_live(shop: Shop) -> None:
    shop.send(order("ann"), order("ann"))
    ticks(shop)
    shop.define(BUYERS)
    shop.build()
    assert shop.members("buyers") == {"ann"}
    assert ticks(shop) == 0
    ((same, entered),) = shop.rows(
        "SELECT b.built_at = m.entered_at, b.entered FROM segment_builds b JOIN segment_members m USING (segment_id)"
    )
    assert (same, entered) == (True, 1)


def test_news_during_a_build_count(shop: Shop) -> None:
    shop.send(order("ann"), order("ann"), order("bob"))
    shop.send({"type": "identify", "userId": "cleo", "traits": {}})
    ticks(shop)
    shop.define(BUYERS, SHY)

    def meanwhile() -> None:
        shop.send(order("bob"), order("cleo"), {"type": "identify", "userId": "dora", "traits": {}})
        ticks(shop)

    assert begin(shop, meanwhile) == 2
    assert (shop.members("buyers"), shop.members("shy")) == ({"ann", "bob"}, {"dora"})
    assert ticks(shop) == 0
    assert shop.rows("SELECT 1 FROM segment_asked") == []


def test_a_tick_that_ends_after_the_segment_was_published_counts(shop: Shop) -> None:
    shop.send(order("ann"))
    ticks(shop)
    shop.define(BUYERS)
    shop.send(order("ann"))
    slow = shop.database.transaction()
    seen: list[set[str]] = []

    def stopped() -> bool:
        ((state, total),) = shop.rows("SELECT state, total FROM segment_builds")
        if state == "building" and total and not seen:
            tx, now = slow.__enter__(), shop.clock.now()
            Engine().tick(tx, workspace, log.claim(tx, [0], 10), now, due=now)
            seen.append(shop.members("buyers"))
        if state == "built" and len(seen) == 1:
            seen.append(shop.members("buyers"))
            slow.__exit__(None, None, None)
        return False

    with shop.database.transaction() as tx:
        (workspace,) = list_workspaces(tx)
    assert build(shop.database, shop.settings.data, workspace, shop.clock.now, stopped).segments == 1
    assert seen == [set(), set()]
    assert ticks(shop) == 1
    assert shop.members("buyers") == {"ann"}


def test_the_passing_of_time_is_planned(shop: Shop) -> None:
    shop.send(order("ann"), order("ann"))
    ticks(shop)
    shop.define(BUYERS)
    shop.build()
    shop.clock.advance(timedelta(days=30, seconds=1))
    assert ticks(shop) == 1
    assert shop.members("buyers") == set()


def test_a_new_version_takes_the_place_of_the_old_one_at_once(shop: Shop) -> None:
    shop.send(order("ann"), order("ann"), order("bob"))
    ticks(shop)
    shop.define(BUYERS)
    shop.build()

    def meanwhile() -> None:
        assert shop.members("buyers") == {"ann"}

    shop.define({**BUYERS, "when": {"event": "Order Completed", "op": "exactly", "value": 1}})
    ticks(shop)
    begin(shop, meanwhile)
    assert shop.members("buyers") == {"bob"}
    assert shop.rows('SELECT version, entered, "left" FROM segment_builds') == [(2, 1, 1)]
    assert ticks(shop) == 0


def test_what_was_changed_during_its_build_is_not_published(shop: Shop) -> None:
    shop.send(order("ann"), order("bob"), order("bob"))
    ticks(shop)
    shop.define(BUYERS, SHY)
    begin(shop, lambda: shop.define({**BUYERS, "when": {"event": "Order Completed", "op": "exactly", "value": 1}}))
    ready = dict(shop.rows("SELECT d.key, b.version FROM segment_builds b JOIN definitions d ON d.id = b.segment_id"))
    assert ready == {"buyers": 0, "shy": 1}
    assert shop.members("buyers") == set()
    shop.tick()
    assert shop.members("buyers") == {"ann"}


def test_what_was_removed_during_its_build_leaves_nothing(shop: Shop) -> None:
    shop.send(order("ann"), order("ann"))
    ticks(shop)
    shop.define(BUYERS)

    def meanwhile() -> None:
        with shop.database.transaction() as tx:
            definitions.remove(tx, SHOP, "segment", "buyers")

    begin(shop, meanwhile)
    shop.tick()
    assert shop.rows("SELECT 1 FROM segment_members") == []
    assert shop.rows("SELECT 1 FROM segment_builds") == []


def test_a_build_that_was_killed_is_begun_again(shop: Shop) -> None:
    shop.send(order("ann"), order("ann"))
    ticks(shop)
    shop.define(BUYERS)

    def killed() -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        begin(shop, killed)
    assert shop.members("buyers") == set()
    shop.send(order("bob"), order("bob"))
    shop.tick()
    assert shop.members("buyers") == {"ann", "bob"}


def test_a_build_that_fails_says_why(shop: Shop) -> None:
    shop.send(order("ann"))
    ticks(shop)
    shop.define(BUYERS)

    def broken() -> None:
        raise ValueError("no such luck")

    with pytest.raises(ValueError, match="no such luck"):
        begin(shop, broken)
    assert shop.rows("SELECT state, problem FROM segment_builds") == [("failed", "ValueError: no such luck")]
    assert shop.build() == 0
    shop.clock.advance(timedelta(minutes=11))
    assert shop.build() == 1
