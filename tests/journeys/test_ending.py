"""Goals and exit conditions: asked on every event, and when a segment is entered or left."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hourglass.journeys import read_journey
from hourglass.kernel import Malformed
from tests.engine.shop import TEMPLATE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEND = {"send": {"channel": "email", "template": "hello"}}
SIGNED_UP = {"userId": "anna", "event": "Signed Up"}
ORDER = {"event": "Order Completed"}


def journey(*steps, **more):
    entry = {"event": "Signed Up"}
    return {"kind": "journey", "key": "walk", "entry": entry, "reentry": "once", "steps": list(steps), **more}


def ordered(user="anna", order="o1"):
    return {"userId": user, "event": "Order Completed", "properties": {"order_id": order}}


def goals(shop):
    return shop.rows("SELECT step FROM run_steps WHERE outcome = 'goal' ORDER BY at")


def test_a_goal_ends_the_run_and_takes_back_what_is_not_sent(shop):
    shop.define(TEMPLATE, journey(SEND, {"wait": "1d"}, SEND, goal=ORDER))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.send(ordered())
    shop.tick(HOUR)
    assert shop.runs() == [("walk", "finished", "goal", "")]
    assert shop.messages() == [("hello", "withheld", "journey_exited")]
    assert len(goals(shop)) == 1
    shop.tick(2 * DAY)
    assert len(shop.messages()) == 1


@pytest.mark.parametrize("rule", [{"exit_when": ORDER}, {"goal": ORDER}])
def test_who_left_by_a_step_keeps_that_end_though_the_message_is_taken_back(shop, rule):
    shop.define(TEMPLATE, journey(SEND, {"exit": "enough"}, **rule))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.send(ordered())
    shop.tick(HOUR)
    assert shop.runs() == [("walk", "exited", "enough", "")]
    assert shop.messages() == [("hello", "withheld", "journey_exited")]
    assert shop.rows("SELECT detail ->> 'reason' FROM run_steps WHERE outcome IN ('exited', 'goal')") == [("enough",)]


def test_a_goal_that_does_not_end_the_run_is_noted_once(shop):
    shop.define(TEMPLATE, journey({"wait": "1d"}, SEND, goal={"when": ORDER, "leave": False}))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.send(ordered(), ordered(order="o2"))
    shop.tick(HOUR)
    shop.send(ordered(order="o3"))
    shop.tick(DAY)
    assert shop.runs() == [("walk", "finished", None, "")]
    assert shop.messages() == [("hello", "queued", None)]
    assert len(goals(shop)) == 1


def test_what_happened_before_the_entry_reaches_no_goal(shop):
    shop.define(TEMPLATE, journey({"wait": "1d"}, SEND, goal=ORDER))
    shop.send(ordered(), SIGNED_UP)
    shop.tick()
    assert goals(shop) == []
    assert shop.runs() == [("walk", "waiting", None, "")]


def test_the_goal_comes_before_the_exit(shop):
    shop.define(TEMPLATE, journey({"wait": "1d"}, SEND, goal=ORDER, exit_when=ORDER))
    shop.send(SIGNED_UP, ordered())
    shop.tick()
    assert shop.runs() == [("walk", "finished", "goal", "")]


def test_after_a_goal_that_leaves_the_run_going_the_exit_still_ends_it(shop):
    exit_when = {"event": "Order Completed", "measure": {"count": True}, "op": "at_least", "value": 2}
    shop.define(TEMPLATE, journey({"wait": "1d"}, SEND, goal={"when": ORDER, "leave": False}, exit_when=exit_when))
    shop.send(SIGNED_UP, ordered())
    shop.tick()
    shop.send(ordered(order="o2"))
    shop.tick(HOUR)
    assert shop.runs() == [("walk", "exited", "exit_condition", "")]
    assert len(goals(shop)) == 1


def test_a_segment_entered_ends_the_run_at_once(shop):
    vip = {"kind": "segment", "key": "vip", "name": "VIP", "when": {"trait": "vip", "op": "equals", "value": True}}
    shop.define(TEMPLATE, vip, journey(SEND, {"wait": "1d"}, exit_when={"segment": "vip"}))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.send({"type": "identify", "userId": "anna", "traits": {"vip": True}})
    shop.tick(HOUR)
    assert shop.runs() == [("walk", "exited", "exit_condition", "")]
    assert shop.messages() == [("hello", "withheld", "journey_exited")]


def test_a_trait_told_ends_the_run_at_once(shop):
    shop.define(TEMPLATE, journey({"wait": "1d"}, SEND, exit_when={"trait": "vip", "op": "equals", "value": True}))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.send({"type": "identify", "userId": "anna", "traits": {"vip": True}})
    shop.tick(HOUR)
    assert shop.runs() == [("walk", "exited", "exit_condition", "")]


def test_who_stands_on_an_older_version_is_ended_by_its_goal(shop):
    shop.define(TEMPLATE, journey({"wait": "1d"}, SEND, goal=ORDER))
    shop.send(SIGNED_UP)
    shop.tick()
    shop.define(journey({"wait": "1d"}, SEND))
    shop.send(ordered())
    shop.tick(HOUR)
    assert shop.runs() == [("walk", "finished", "goal", "")]


@pytest.mark.parametrize(
    ("goal", "path"),
    [({"when": ORDER, "leave": "yes"}, "goal"), ({"when": {"event": 1}}, "goal.when"), ("ordered", "goal")],
)
def test_a_mistake_is_told_with_its_place(goal, path):
    with pytest.raises(Malformed) as refused:
        read_journey(journey(SEND, goal=goal))
    assert str(refused.value.path).startswith(path)
