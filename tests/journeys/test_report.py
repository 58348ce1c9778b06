"""The numbers of a journey, step by step."""

from __future__ import annotations

from datetime import timedelta

from hourglass.experiments import kept_out
from hourglass.journeys import detail, report
from hourglass.postgres import find_workspace
from hourglass.reports import journey_flow
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


def test_everybody_counts_in_one_place_and_the_control_group_in_none(shop):
    vip = {"entry": "properties.vip", "op": "equals", "value": True}
    steps = [{"branch": [{"when": vip, "do": [{"exit": "vip"}]}]}, {"wait": "1h"}]
    shop.define({"kind": "journey", "key": "walk", "entry": {"event": "Signed Up"}, "goal": ORDER, "control": 50,
                 "steps": steps})  # fmt: skip
    shop.send(*({"userId": f"u{n}", "event": "Signed Up", "properties": {"vip": n % 3 == 0}} for n in range(30)))
    shop.tick()
    shop.send(
        *({"userId": f"u{n}", "event": "Order Completed", "properties": {"order_id": f"o{n}"}} for n in (1, 2, 4, 5))
    )
    shop.tick(timedelta(minutes=30))
    people = dict(shop.rows("SELECT value, profile_id FROM identities WHERE kind = 'user_id'"))
    out = {name for name, person in people.items() if kept_out("journey:walk", str(person), 50)}
    inside = people.keys() - out
    goal = inside & {"u1", "u2", "u4", "u5"}
    left = inside & {f"u{n}" for n in range(0, 30, 3)}
    assert out
    assert goal
    with shop.database.transaction() as tx:
        [one] = report(tx, SHOP)
        flow = journey_flow(tx, find_workspace(tx, SHOP), "walk", shop.clock.now())
    expected = (len(inside), len(inside - goal - left), 0, len(goal), len(left), len(out))
    assert (one.entered, one.waiting, one.finished, one.goal, one.exited, one.kept_out) == expected
    exits = sum(tally.count for tally in flow.exits)
    assert (flow.entered, flow.waiting, flow.finished, flow.goal, exits, flow.kept_out) == expected
    assert (flow.people, flow.goals, sum(day.entered for day in flow.days)) == (len(inside), len(goal), len(inside))
    assert flow.steps[0].ways[0].label["en"] == "entry.properties.vip is true"
