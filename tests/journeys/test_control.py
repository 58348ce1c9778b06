"""A journey's control group: noted when it would have begun, and left alone."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from hourglass.experiments import kept_out
from hourglass.postgres import Database
from tests.engine.shop import TEMPLATE, Shop

CART: dict[str, Any] = {"kind": "journey", "key": "cart", "state": "live", "entry": {"event": "Product Added"},
                        "control": 50, "steps": [{"send": {"channel": "email", "template": "hello"}}]}  # fmt: skip


@pytest.fixture
def shop(database: Database) -> Any:
    made = Shop(database)
    yield made
    made.worker.close()


def visit(shop: Shop, people: int = 20) -> None:
    """Each of them puts something into the cart."""
    shop.send(*({"event": "Product Added", "userId": f"u{n}", "properties": {}} for n in range(people)))
    shop.tick()


def noted(shop: Shop) -> list[int]:
    """The people kept out, each as often as it was noted."""
    return [row[0] for row in shop.rows("SELECT profile_id FROM journey_runs WHERE end_reason = 'control_group'")]


def test_who_is_kept_out_is_noted_and_gets_nothing(shop: Shop) -> None:
    shop.define(TEMPLATE, CART)
    visit(shop)
    people = [row[0] for row in shop.rows("SELECT id FROM profiles")]
    out = {one for one in people if kept_out("journey:cart", str(one), 50)}
    assert 0 < len(out) < len(people) == 20
    assert set(noted(shop)) == out
    assert shop.rows("SELECT DISTINCT state FROM journey_runs WHERE end_reason = 'control_group'") == [("exited",)]
    assert {row[0] for row in shop.rows("SELECT profile_id FROM messages")} == set(people) - out


@pytest.mark.parametrize("reentry", ["once", "after_exit", {"after": "1h"}])
def test_who_is_kept_out_is_noted_once_by_each_version(shop: Shop, reentry: object) -> None:
    shop.define(TEMPLATE, CART | {"reentry": reentry})
    for _ in range(3):
        visit(shop)
        shop.clock.advance(timedelta(days=1))
    first = Counter(noted(shop))
    assert set(first.values()) == {1}
    shop.define(CART | {"reentry": reentry, "name": "Cart, better"})
    visit(shop)
    again = Counter(noted(shop))
    assert again == dict.fromkeys(first, 2)


def test_who_was_kept_out_comes_in_when_nobody_is_any_more(shop: Shop) -> None:
    shop.define(TEMPLATE, CART | {"reentry": "once"})
    visit(shop)
    shop.define(CART | {"reentry": "once", "control": 0})
    visit(shop)
    visit(shop)
    assert shop.rows("SELECT count(*), count(DISTINCT profile_id) FROM messages") == [(20, 20)]


def test_people_inside_stay_inside_when_a_control_group_is_drawn(shop: Shop) -> None:
    waiting: dict[str, Any] = CART | {"steps": [{"wait": "7d"}]}
    shop.define(TEMPLATE, waiting | {"control": 0})
    visit(shop)
    shop.define(waiting)
    visit(shop)
    assert shop.rows("SELECT state, count(*) FROM journey_runs GROUP BY 1") == [("waiting", 20)]
