"""One journey sends people to the door of another."""

from __future__ import annotations

from datetime import timedelta

from tests.engine.shop import TEMPLATE

HOUR = timedelta(hours=1)
SEND = {"send": {"channel": "email", "template": "hello"}}


def journey(key, *steps, entry="Never Told", **more):
    return {"kind": "journey", "key": key, "entry": {"event": entry}, "steps": list(steps), **more}


def signed_up(plan="free"):
    return {"userId": "anna", "event": "Signed Up", "properties": {"plan": plan}}


def refusals(shop):
    return [row[0] for row in shop.rows("SELECT detail ->> 'reason' FROM run_steps WHERE outcome = 'not_done'")]


def test_the_other_journey_begins_with_what_this_one_knew(shop):
    shop.define(TEMPLATE, journey("first", {"start": "second"}, SEND, entry="Signed Up"), journey("second", SEND))
    shop.send(signed_up())
    shop.tick()
    assert sorted(run[:2] for run in shop.runs()) == [("first", "finished"), ("second", "finished")]
    assert len(shop.messages()) == 2
    assert shop.rows("SELECT DISTINCT facts #>> '{properties,plan}' FROM messages") == [("free",)]


def test_the_other_journey_lets_in_by_its_own_rules(shop):
    first = journey("first", {"start": "second"}, entry="Signed Up")
    shop.define(TEMPLATE, first, journey("second", SEND, reentry="once", correlate="plan"))
    for plan in ("free", "free", "paid"):
        shop.send(signed_up(plan))
        shop.tick(HOUR)
    assert sorted(run[3] for run in shop.runs() if run[0] == "second") == ["free", "paid"]


def test_what_happened_before_does_not_end_the_other_one(shop):
    exit_when = {"event": "Signed Up"}
    shop.define(
        TEMPLATE,
        journey("first", {"start": "second"}, entry="Signed Up"),
        journey("second", {"wait": "1h"}, SEND, exit_when=exit_when),
    )
    shop.send(signed_up())
    shop.tick()
    shop.tick(HOUR)
    assert shop.messages() == [("hello", "queued", None)]


def test_a_journey_that_is_not_there_is_said_and_the_run_goes_on(shop):
    shop.define(TEMPLATE, journey("first", {"start": "second"}, SEND, entry="Signed Up"))
    shop.send(signed_up())
    shop.tick()
    assert refusals(shop) == ["no_such_journey"]
    assert len(shop.messages()) == 1


def test_journeys_that_start_each_other_come_to_an_end(shop):
    shop.define(journey("first", {"start": "second"}, entry="Signed Up"), journey("second", {"start": "first"}))
    shop.send(signed_up())
    shop.tick()
    assert len(shop.runs()) == 11
    assert refusals(shop) == ["too_deep"]
