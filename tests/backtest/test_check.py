"""Before a launch: what a journey asks for and the workspace does not have, in words and with its place."""

from __future__ import annotations

from datetime import timedelta

from hourglass.app.kinds import KINDS
from hourglass.backtest import check
from hourglass.postgres import find_workspace
from tests.engine.shop import SHOP, START, TEMPLATE

HOUR = timedelta(hours=1)
CART = {
    "kind": "journey",
    "key": "cart",
    "entry": {"event": "Product Added"},
    "steps": [{"wait": "1h"}, {"send": {"channel": "email", "template": "hello"}}],
}
YES = {"event": "Consent Granted", "properties": {"channel": "email", "topic": "news"}}


def found(lived, document):
    with lived.database.transaction() as tx:
        return check(tx, find_workspace(tx, SHOP), document, kinds=KINDS, now=lived.clock.now())


def codes(lived, document):
    return {(one.code, one.path) for one in found(lived, document).todos}


def test_a_journey_for_which_everything_is_there(lived):
    lived.define(TEMPLATE)
    lived.say(START, {"userId": "anna", **YES})
    lived.say(START + HOUR, *({"userId": user, "event": "Product Added"} for user in ("anna", "boris")))
    answer = found(lived, CART)
    assert answer.ready
    assert {one.code: one.words["en"] for one in answer.todos} == {
        "volume": "In 30 days the entry event came 2 times from 2 people: about 0.1 entries a day.",
        "reach": "Of these people 1 may get marketing by email today, that is 50 %.",
    }


def test_what_is_missing_stands_first(lived):
    answer = found(lived, CART)
    assert not answer.ready
    assert [(one.weight, one.code, one.path) for one in answer.todos] == [
        ("must", "template_missing", "steps[1]"),
        ("must", "event_never", "entry.event"),
    ]


def test_an_event_that_fell_silent(lived):
    lived.define(TEMPLATE)
    lived.say(START, {"userId": "anna", "event": "Product Added"})
    lived.live_until(START + timedelta(days=40))
    assert ("event_silent", "entry.event") in codes(lived, CART)


def test_what_a_template_speaks_of_and_the_entry_does_not_tell(lived):
    lived.define({**TEMPLATE, "html": "<p>{{ event.size }} {{ event.cart_id }}</p>"})
    lived.say(START, {"userId": "anna", "event": "Product Added", "properties": {"cart_id": "c1"}})
    (one,) = (one for one in found(lived, CART).todos if one.code == "template_variable")
    assert "event.size" in one.words["en"]
    assert one.path == "steps[1]"


def test_names_nobody_has_sent(lived):
    lived.define(TEMPLATE)
    lived.say(START, {"userId": "anna", "event": "Product Added", "properties": {"price": 3}})
    where = {"entry": {"event": "Product Added", "where": [{"property": "prise", "op": "at_least", "value": 5}]}}
    (one,) = (one for one in found(lived, {**CART, **where}).todos if one.code == "unknown_name")
    assert one.path == "entry.where[0].property"
    assert "price" in one.words["ru"]


def test_steps_that_nobody_reaches_and_a_journey_that_does_nothing(lived):
    steps = [{"exit": "enough"}, {"wait": "1h"}]
    assert {("unreachable", "steps[1]"), ("nothing_done", "steps")} <= codes(lived, {**CART, "steps": steps})


def test_another_journey_at_the_same_door(lived):
    lived.define(TEMPLATE, {**CART, "key": "other", "name": "The other"})
    assert ("collision", "entry") in codes(lived, CART)
    assert ("collision", "entry") not in codes(lived, {**CART, "key": "other"})
