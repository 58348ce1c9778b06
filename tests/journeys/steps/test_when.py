"""Conditions of journeys that ask what the run itself knows: its way in, and what came on its way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hourglass.audience import parse_condition
from hourglass.journeys import read_journey
from hourglass.kernel import Malformed

DEAR = {"entry": "properties.price", "op": "at_least", "value": 100}
LOOKED = {"run": "steps.looked.properties.category", "op": "equals", "value": "tea"}


def journey(*steps, **more):
    return {"kind": "journey", "key": "walk", "entry": {"event": "Product Added"}, "steps": list(steps), **more}


def branch(when):
    return {"branch": [{"when": when, "do": [{"goal": "yes"}]}, {"else": [{"goal": "no"}]}]}


def added(who, **properties):
    return {"userId": who, "event": "Product Added", "properties": {"product_id": "p", **properties}}


def said(shop):
    return dict(
        shop.rows(
            "SELECT i.value, s.detail->>'goal' FROM run_steps s JOIN journey_runs r ON r.id = s.run_id"
            " JOIN identities i ON i.profile_id = r.profile_id AND i.kind = 'user_id' WHERE s.outcome = 'goal'"
        )
    )


def test_what_let_the_person_in_decides_together_with_who_they_are(shop):
    vip = {"trait": "vip", "op": "equals", "value": True}
    shop.define(journey(branch({"any": [{"all": [DEAR, vip]}, {"not": {"any": [DEAR, {"not": vip}]}}]})))
    people = {"anna": (True, 120), "boris": (False, 120), "clara": (True, 10), "dora": (False, 10)}
    for who, (is_vip, price) in people.items():
        shop.send({"type": "identify", "userId": who, "traits": {"vip": is_vip}}, added(who, price=price))
    shop.send({"type": "identify", "userId": "emil", "traits": {"vip": True}}, added("emil"))
    shop.tick()
    assert said(shop) == {"anna": "yes", "boris": "no", "clara": "yes", "dora": "no", "emil": "yes"}


def test_what_a_step_heard_decides_later_and_ends_a_loop(shop):
    looked = {"id": "looked", "wait": {"event": "Product Viewed", "timeout": "1h"}}
    shop.define(journey({"repeat": {"times": 5, "until": LOOKED, "do": [looked]}}, branch(LOOKED)))
    shop.send(added("anna"), added("boris"))
    shop.tick()
    for category in ("cups", "tea"):
        shop.send({"userId": "anna", "event": "Product Viewed", "properties": {"category": category}})
        shop.tick()
    for _ in range(5):
        shop.tick(timedelta(hours=1))
    assert said(shop) == {"anna": "yes", "boris": "no"}


def test_it_is_said_in_words():
    step = read_journey(journey(branch({"all": [DEAR, {"not": LOOKED}]}))).program.nodes["steps[0]"].step
    assert step.summary() == "entry.properties.price at least 100 and not (steps.looked.properties.category is “tea”)"


@pytest.mark.parametrize(
    ("when", "path"),
    [
        ({"entry": "price", "op": "at_least", "value": 1}, ".entry"),
        ({"all": [{"run": "looked", "op": "exists"}]}, ".all[0].run"),
        ({"entry": "properties.price", "op": "heavier", "value": 1}, ".op"),
        ({"entry": "properties.at", "op": "is_set", "for": 3}, ""),
        ({"any": [DEAR, {"trait": "vip"}]}, ".any[1]"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(when, path):
    with pytest.raises(Malformed) as refused:
        read_journey(journey(branch(when)))
    assert str(refused.value.path).startswith(f"steps[0].branch[0].when{path}")


def test_segments_goals_and_exits_know_nothing_of_a_run_and_say_so():
    for read in (parse_condition, lambda when: read_journey(journey({"wait": "1h"}, goal=when))):
        with pytest.raises(Malformed, match="only its branches and loops can"):
            read({"all": [DEAR]})
