"""Why somebody got what a journey says, and why somebody never entered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hourglass.kernel import NotFound
from hourglass.postgres import find_workspace
from hourglass.reports import why_journey
from tests.engine.shop import SHOP, START, TEMPLATE

HOUR = timedelta(hours=1)
CART = {
    "kind": "journey",
    "key": "cart",
    "name": "Left carts",
    "entry": {"event": "Product Added", "where": [{"property": "price", "op": "at_least", "value": 5}]},
    "steps": [
        {"branch": [{"when": {"trait": "vip", "op": "is_true"}, "do": [{"exit": "vip"}]}]},
        {"send": {"channel": "email", "template": "hello"}},
    ],
}
LOYAL = {"kind": "segment", "key": "loyal", "when": {"trait": "vip", "op": "is_true"}}


def asked(lived, person="anna", key="cart"):
    with lived.database.transaction() as tx:
        return why_journey(tx, find_workspace(tx, SHOP), person, key, lived.clock.now())


def added(price=9):
    return {"userId": "anna", "event": "Product Added", "properties": {"price": price}}


def test_every_decision_with_its_rule(lived):
    lived.define(TEMPLATE, CART)
    lived.say(START + HOUR, {"type": "identify", "userId": "anna", "traits": {"email": "anna@example.com"}})
    lived.say(START + HOUR, added())
    found = asked(lived)
    assert [one.code for one in found.decisions][:2] == ["entered", "went_on"]
    assert found.summary["en"].startswith("Not sent: there is no consent")
    (branch,) = (one for one in found.decisions if one.code == "went_on")
    assert (branch.step, branch.at) == ("steps[0]", START + HOUR)


def test_runs_are_told_apart_by_what_they_are_about(lived):
    lived.define(TEMPLATE, {**CART, "correlate": "cart_id"})
    for hour, cart in ((1, "red"), (2, "blue")):
        event = {"userId": "anna", "event": "Product Added", "properties": {"price": 9, "cart_id": cart}}
        lived.say(START + hour * HOUR, event)
    decisions = [(one.code, one.run) for one in asked(lived).decisions if one.code in ("entered", "went_on")]
    assert decisions == [("entered", "red"), ("went_on", "red"), ("entered", "blue"), ("went_on", "blue")]


def test_runs_one_after_the_other_are_numbered(lived):
    lived.define(TEMPLATE, {**CART, "reentry": "after_exit"})
    for hour in (1, 2):
        lived.say(START + hour * HOUR, added())
    assert [one.run for one in asked(lived).decisions if one.code == "entered"] == ["1", "2"]


def test_the_condition_that_led_somebody_away(lived):
    lived.define(TEMPLATE, CART)
    lived.say(START + HOUR, {"type": "identify", "userId": "anna", "traits": {"vip": True}})
    lived.say(START + HOUR, added())
    (branch,) = (one for one in asked(lived).decisions if one.code == "went_on")
    assert "vip" in (branch.rule or "")
    assert "vip" in branch.words["ru"]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ([], [{"userId": "anna", "event": "Signed Up"}], "never_came"),
        ([added()], [], "before_launch"),
        ([], [added(price=3)], "never_fitted"),
    ],
)
def test_why_an_event_did_not_let_somebody_in(lived, before, after, code):
    lived.say(START, *before)
    lived.live_until(START + HOUR)
    lived.define(TEMPLATE, CART)
    lived.say(START + 2 * HOUR, *after)
    found = asked(lived)
    assert [one.code for one in found.decisions] == [code]
    assert found.summary == found.decisions[0].words


def test_the_filter_that_was_never_met_is_named(lived):
    lived.define(TEMPLATE, CART)
    lived.say(START + HOUR, added(price=3))
    assert "price" in (asked(lived).decisions[0].rule or "")


def test_somebody_who_is_not_in_the_segment_or_was_before(lived):
    lived.define(LOYAL)
    lived.say(START, {"type": "identify", "userId": "anna", "traits": {"vip": True}})
    lived.say(START, {"userId": "boris", "event": "Signed Up"})
    lived.live_until(START + HOUR)
    lived.define(TEMPLATE, {**CART, "entry": {"segment": "loyal"}})
    assert asked(lived, "anna").decisions[0].code == "member_before"
    assert asked(lived, "boris").decisions[0].code == "not_member"


def test_nobody_and_nothing(lived):
    lived.define(TEMPLATE, {**CART, "state": "paused"})
    lived.say(START, added())
    assert asked(lived).decisions[0].code == "not_live"
    with pytest.raises(NotFound):
        asked(lived, "nobody")
    with pytest.raises(NotFound):
        asked(lived, key="no-journey")


def test_by_what_somebody_came_in_that_was_no_event_of_theirs(lived):
    lived.define(TEMPLATE, LOYAL, {**CART, "entry": {"segment": "loyal"}})
    lived.work()
    lived.say(START + HOUR, {"type": "identify", "userId": "anna", "traits": {"vip": True}})
    entered = next(one for one in asked(lived).decisions if one.code == "entered")
    assert entered.words["en"] == "Entered: joined the segment “loyal”"
    assert "«loyal»" in entered.words["ru"]


def test_why_somebody_did_not_enter_again(lived):
    lived.define(TEMPLATE, {**CART, "entry": {"event": "Product Added"}, "reentry": {"after": "7d"}})
    lived.say(START + HOUR, added())
    lived.say(START + 2 * HOUR, added())
    again = asked(lived).decisions[-1]
    assert (again.code, again.rule) == ("not_again", "again only 7 d after the last time")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"segment": "loyal", "on": "left"}, "still_member"),
        ({"schedule": {"every": "day", "at": "18:00"}, "segment": "loyal"}, "not_yet_time"),
        ({"date": "visit"}, "no_trait"),
        ({"product": "price_drop", "interested": {"viewed": "30d"}}, "no_interest"),
        ({"api": True}, "not_brought"),
        ({"event": "Product Added", "throttle": "1/h"}, "at_the_door"),
    ],
)
def test_why_nobody_came_by_another_way(lived, entry, code):
    lived.define(TEMPLATE, LOYAL, {**CART, "entry": entry})
    lived.say(START + HOUR, {"type": "identify", "userId": "anna", "traits": {"vip": True}})
    lived.say(START + HOUR, {**added(), "userId": "boris"}, added())
    assert [one.code for one in asked(lived).decisions] == [code]


def test_interest_without_a_change(lived):
    lived.define(TEMPLATE, {**CART, "entry": {"product": "price_drop"}})
    lived.say(START + HOUR, {"userId": "anna", "event": "Product Viewed", "properties": {"product_id": "p"}})
    assert asked(lived).decisions[0].code == "nothing_changed"


def test_who_is_in_the_control_group_hears_that_and_nothing_else_of_letters(lived):
    lived.define(TEMPLATE, {**CART, "control": 50})
    people = [f"u{n}" for n in range(8)]
    lived.say(START, *({**added(), "userId": name} for name in people))
    told = [asked(lived, name) for name in people]
    kept_out = [one for one in told if "control group, by lot" in one.summary["en"]]
    assert 0 < len(kept_out) < len(people)
    assert {decision.code for one in kept_out for decision in one.decisions} == {"entered", "exited"}
