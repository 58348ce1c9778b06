"""The numbers of a journey, step by step."""

from __future__ import annotations

from datetime import timedelta

from hourglass.journeys import detail
from tests.engine.shop import SHOP, TEMPLATE

ORDER = {"event": "Order Completed"}


def test_who_waits_or_left_at_a_step_has_not_passed_it(shop):
    steps = [{"wait": "1h"}, {"wait": "1d"}, {"send": {"channel": "email", "template": "hello"}}]
    walk = {"kind": "journey", "key": "walk", "entry": {"event": "Signed Up"}, "goal": ORDER, "steps": steps}
    shop.define(TEMPLATE, walk)
    shop.send(*({"userId": name, "event": "Signed Up"} for name in ("anna", "boris", "vera")))
    shop.tick()
    shop.send({"userId": "anna", "event": "Order Completed", "properties": {"order_id": "o1"}})
    shop.tick(timedelta(minutes=30))
    shop.send({"userId": "dina", "event": "Signed Up"})
    shop.tick(timedelta(minutes=31))
    with shop.database.transaction() as tx:
        numbers = [(one.path, one.waiting, one.done) for one in detail(tx, SHOP, "walk").steps]
    assert numbers == [("steps[0]", 1, 2), ("steps[1]", 2, 0), ("steps[2]", 0, 0)]
