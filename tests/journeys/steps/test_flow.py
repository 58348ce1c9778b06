"""Split, repeat, go and goal: ways through a journey, and loops that end."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from hourglass.journeys import read_journey
from hourglass.kernel import Malformed
from tests.engine.shop import TEMPLATE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SEND = {"send": {"channel": "email", "template": "hello"}}
SIGNED_UP = {"userId": "anna", "event": "Signed Up"}


def journey(*steps, **more):
    entry = {"event": "Signed Up"}
    return {"kind": "journey", "key": "walk", "entry": entry, "reentry": "once", "steps": list(steps), **more}


def notes(shop, outcome):
    rows = shop.rows("SELECT step, detail FROM run_steps WHERE outcome = %s ORDER BY at, step", outcome)
    return [(step, detail) for step, detail in rows]


def test_a_split_shares_people_out_and_says_who_drew_what(shop):
    arms = [{"weight": 3, "arm": "short", "do": [SEND]}, {"weight": 1, "arm": "none"}, {"weight": 0, "arm": "never"}]
    shop.define(TEMPLATE, journey({"split": arms}))
    shop.send(*({"userId": f"u{n}", "event": "Signed Up"} for n in range(200)))
    shop.tick()
    drawn = Counter(detail["arm"] for step, detail in notes(shop, "went_on") if step == "steps[0]")
    assert set(drawn) == {"short", "none"}
    assert 130 < drawn["short"] < 170
    assert len(shop.messages()) == drawn["short"]


def test_a_person_draws_the_same_arm_again(shop):
    arms = [{"arm": name, "do": []} for name in "abcdefgh"]
    shop.define(journey({"wait": "1h"}, {"id": "lot", "split": arms}, reentry="after_exit"))
    for version in range(3):
        shop.send(SIGNED_UP)
        shop.tick()
        for _ in range(version + 1):
            shop.tick(HOUR)
        shop.define(journey(*[{"wait": "1h"}] * (version + 2), {"id": "lot", "split": arms}, reentry="after_exit"))
    drawn = [detail["arm"] for _, detail in notes(shop, "went_on") if "arm" in detail]
    assert len(drawn) == 3
    assert len(set(drawn)) == 1, "the step moved in the document, and kept its id"


def test_a_loop_says_the_same_again_until_it_is_enough(shop):
    until = {"event": "Order Completed"}
    shop.define(
        TEMPLATE, journey({"repeat": {"times": 3, "until": until, "do": [SEND, {"wait": "1d"}]}}, {"goal": "end"})
    )
    shop.send(SIGNED_UP, {**SIGNED_UP, "userId": "boris"})
    shop.tick()
    shop.tick(DAY)
    shop.send({"userId": "anna", "event": "Order Completed", "properties": {"order_id": "o1"}})
    shop.tick(HOUR)
    for _ in range(5):
        shop.tick(DAY)
    by_run = Counter(row[0] for row in shop.rows("SELECT run_id FROM messages"))
    assert sorted(by_run.values()) == [2, 3], "anna ordered after the second"
    assert {row[0] for row in shop.rows("SELECT step FROM messages")} == {
        f"steps[0].repeat.do[0]{n}" for n in ("", "#2", "#3")
    }
    assert [detail for _, detail in notes(shop, "goal")] == [{"goal": "end"}] * 2
    assert {run[1] for run in shop.runs()} == {"finished"}


def test_a_loop_in_a_loop_begins_anew_each_time(shop):
    inner = {"repeat": {"times": 2, "do": [SEND]}}
    shop.define(TEMPLATE, journey({"repeat": {"times": 3, "do": [inner, {"wait": "1h"}]}}))
    shop.send(SIGNED_UP)
    shop.tick()
    for sent in (2, 4, 6, 6):
        assert len(shop.messages()) == sent
        shop.tick(HOUR)


def test_go_leads_to_the_step_with_that_id_forward_and_back(shop):
    shop.define(
        TEMPLATE,
        journey(
            {"branch": [{"when": {"trait": "vip", "op": "equals", "value": True}, "do": [{"go": "last"}]}]},
            {"id": "again", **SEND},
            {"wait": {"event": "Product Viewed", "timeout": "2h", "then": [{"go": "again"}]}},
            {"id": "last", "goal": "done"},
        ),
    )
    shop.send({"type": "identify", "userId": "anna", "traits": {"vip": True}}, SIGNED_UP)
    shop.send({"userId": "boris", "event": "Signed Up"})
    shop.tick()
    assert len(shop.messages()) == 1, "anna went to the end"
    for _ in range(3):
        shop.send({"userId": "boris", "event": "Product Viewed"})
        shop.tick(HOUR)
    assert len(shop.messages()) == 4
    shop.tick(2 * HOUR)
    assert {run[1] for run in shop.runs()} == {"finished"}
    assert len(notes(shop, "goal")) == 2


@pytest.mark.parametrize(
    ("steps", "path"),
    [
        ([{"go": "nowhere"}], "steps[0].go"),
        ([{"id": "a", "wait": "1h"}, {"id": "a", "wait": "1h"}], "steps[1]"),
        ([{"split": [{"do": []}]}], "steps[0]"),
        ([{"split": [{"arm": "x"}, {"arm": "x"}]}], "steps[0].split"),
        ([{"split": [{"weight": 0}, {"weight": 0}]}], "steps[0].split"),
        ([{"split": [{"weight": "half"}, {}]}], "steps[0].split[0].weight"),
        ([{"repeat": {"do": [SEND]}}], "steps[0].repeat.times"),
        ([{"repeat": {"times": 2, "do": []}}], "steps[0].repeat.do"),
        ([{"goal": True}], "steps[0]"),
    ],
    ids=str,
)
def test_a_mistake_is_told_with_its_place(steps, path):
    with pytest.raises(Malformed) as refused:
        read_journey(journey(*steps))
    assert refused.value.path == path


@pytest.mark.parametrize(
    "between",
    [
        SEND,
        {"wait": "0m"},
        {"wait": {"between": ["10:00", "20:00"]}},
        {"wait": {"date": "birthday"}},
        {"repeat": {"times": 2, "do": [{"wait": "1h"}], "until": {"event": "Order Completed"}}},
        {"branch": [{"when": {"event": "Order Completed"}, "do": [{"wait": "1h"}]}]},
    ],
    ids=str,
)
def test_a_loop_that_may_take_no_time_is_refused(between):
    with pytest.raises(Malformed, match="without a wait"):
        read_journey(journey({"id": "a", **SEND}, between, {"go": "a"}))


@pytest.mark.parametrize(
    "between",
    [
        {"wait": "1h"},
        {"wait": {"until": "09:00"}},
        {"wait": {"event": "Product Viewed", "timeout": "1h"}},
        {"exit": True},
    ],
    ids=str,
)
def test_a_loop_with_a_wait_is_fine(between):
    read_journey(journey({"id": "a", **SEND}, between, {"go": "a"}))


def test_an_exit_after_a_message_does_not_take_it_back(shop):
    shop.define(TEMPLATE, journey(SEND, {"exit": "done"}))
    shop.send(SIGNED_UP)
    shop.tick()
    assert shop.messages() == [("hello", "queued", None)]
    assert shop.runs() == [("walk", "exited", "done", "")]
