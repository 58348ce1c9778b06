"""An audit finds what is wrong, names person and clause, and leaves alone what is only under way."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hourglass.audience.audit import AuditReport, audit, last_audit, mend_members, note_audit
from hourglass.audience.build import build
from hourglass.kernel import Workspace
from hourglass.postgres import Database, list_workspaces
from tests.engine.shop import SHOP, Shop

BUYERS = {"kind": "segment", "key": "buyers", "when": {"event": "Order Completed", "within": "30d"}}
LOCALS = {"kind": "segment", "key": "locals", "when": {"all": [{"trait": "city", "value": "Almaty"}, BUYERS["when"]]}}


@pytest.fixture
def shop(database: Database, data: Path) -> Shop:
    """Ann bought, Bob looked; both segments are built."""
    made = Shop(database)
    made.settings = msgspec.structs.replace(made.settings, data=data)
    made.define(BUYERS, LOCALS)
    made.send(order("ann"), {"userId": "bob", "event": "Product Viewed"})
    made.send({"type": "identify", "userId": "ann", "traits": {"city": "Almaty"}})
    made.tick()
    build(made.database, data, workspace(made), made.clock.now)
    made.tick()
    return made


def order(who: str) -> dict[str, Any]:
    return {"userId": who, "event": "Order Completed", "properties": {"revenue": 10, "currency": "EUR"}}


def workspace(shop: Shop) -> Workspace:
    with shop.database.transaction() as tx:
        (found,) = list_workspaces(tx)
    return found


def audited(shop: Shop) -> AuditReport:
    return audit(shop.database, shop.settings.data, workspace(shop), shop.clock.now)


def test_what_is_right_is_called_right(shop: Shop) -> None:
    assert shop.members("locals") == {"ann"}
    report = audited(shop)
    assert (report.people, report.segments, report.wrong, report.differences) == (2, 2, 0, [])


def test_a_stranger_in_a_segment_is_found_and_put_right(shop: Shop) -> None:
    (bob,) = shop.rows("SELECT profile_id FROM identities WHERE value = 'bob'")[0]
    (segment,) = shop.rows("SELECT id FROM definitions WHERE key = 'buyers'")[0]
    shop.rows("INSERT INTO segment_members VALUES (1, %s, %s, now()) RETURNING 1", segment, bob)
    report = audited(shop)
    assert [(one.person, one.segment, one.member, one.clauses) for one in report.differences] == [
        (bob, "buyers", True, [])
    ]
    with shop.database.transaction() as tx:
        note_audit(tx, SHOP, report)
        assert last_audit(tx, SHOP) == report
        assert mend_members(tx, SHOP, report, shop.clock.now()) == 1
    shop.tick()
    assert (shop.members("buyers"), audited(shop).wrong) == ({"ann"}, 0)


def test_an_event_that_only_the_lake_knows_is_named_by_its_clause(shop: Shop) -> None:
    shop.rows("DELETE FROM events RETURNING 1")
    shop.rows("DELETE FROM rechecks RETURNING 1")
    shop.rows("INSERT INTO rechecks SELECT 1, id, %s FROM profiles RETURNING 1", shop.clock.now())
    shop.tick()
    report = audited(shop)
    assert {(one.segment, one.member) for one in report.differences} == {("buyers", False), ("locals", False)}
    (clause,) = report.differences[1].clauses
    assert (clause.words["en"], clause.live, clause.rebuilt) == (
        "did “Order Completed” in the last 30 days",
        False,
        True,
    )


def test_what_the_next_tick_will_see_is_no_difference(shop: Shop) -> None:
    shop.clock.advance(timedelta(days=31))
    assert audited(shop).wrong == 0
    shop.tick()
    assert (shop.members("buyers"), audited(shop).wrong) == (set(), 0)
