"""Bandit: the way that brings more gets more people, and everybody can see what each brought."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from hourglass.journeys import read_journey
from hourglass.journeys.runs.arms import arm_reports
from hourglass.journeys.steps import BanditStep
from hourglass.kernel import Malformed
from tests.engine.shop import SHOP, TEMPLATE

DAY = timedelta(days=1)


def journey(*arms, reward="goal", **more):
    bandit = {"id": "lot", "bandit": list(arms), "reward": reward, **more}
    return {"kind": "journey", "key": "walk", "entry": {"event": "Signed Up"}, "steps": [bandit, {"wait": "7d"}]}


def come(shop, lot, number):
    shop.send(*({"userId": f"{lot}-{n}", "event": "Signed Up"} for n in range(number)))
    shop.tick()


def drawn(shop, lot):
    rows = shop.rows(
        "SELECT s.detail->>'arm' FROM run_steps s JOIN journey_runs r ON r.id = s.run_id"
        " JOIN identities i ON i.profile_id = r.profile_id AND i.kind = 'user_id'"
        " WHERE s.detail ? 'arm' AND i.value LIKE %s",
        f"{lot}-%",
    )
    return Counter(row[0] for row in rows)


def reports(shop, document):
    step = read_journey(document).program.nodes["steps[0]"].step
    assert isinstance(step, BanditStep)
    [(id_,)] = shop.rows("SELECT id FROM definitions WHERE key = 'walk'")
    with shop.database.transaction() as tx:
        return {one.arm: (one.drawn, one.rewarded) for one in arm_reports(tx, SHOP, id_, step.bandit)}


def test_people_go_where_the_goal_is_reached_more_often_and_one_in_ten_anywhere(shop):
    document = journey({"arm": "good", "do": [{"goal": "yes"}]}, {"arm": "bad"})
    shop.define(document)
    come(shop, "first", 60)
    early = drawn(shop, "first")
    assert min(early.values()) > 15, "nobody knows anything yet"
    assert reports(shop, document) == {"good": (early["good"], early["good"]), "bad": (early["bad"], 0)}
    shop.tick(timedelta(minutes=2))
    come(shop, "second", 100)
    late = drawn(shop, "second")
    assert late["good"] > 85
    assert late["bad"] > 0
    assert reports(shop, document)["bad"] == (early["bad"] + late["bad"], 0)


def test_an_order_counts_within_its_time_and_once(shop):
    document = journey({"arm": "a"}, {"arm": "b"}, reward="order", within="1d")
    shop.define(document)
    come(shop, "early", 4)
    come(shop, "late", 4)
    for n in range(4):
        order = {"event": "Order Completed", "properties": {"order_id": f"o{n}", "revenue": 10}}
        shop.send({"userId": f"early-{n}", **order})
    shop.tick()
    shop.tick(2 * DAY)
    for n in range(4):
        shop.send(
            {"userId": f"late-{n}", "event": "Order Completed", "properties": {"order_id": f"l{n}", "revenue": 10}}
        )
    shop.tick()
    won = drawn(shop, "early")
    for _ in range(2):
        assert {arm: rewarded for arm, (_, rewarded) in reports(shop, document).items()} == {
            "a": won["a"], "b": won["b"]}  # fmt: skip
        come(shop, "settles", 1)
    assert shop.rows("SELECT count(*) FROM journey_lots WHERE until < %s", shop.clock.now() - DAY / 2) == [(0,)]


def test_a_click_on_a_message_of_the_run_counts(shop):
    send = {"send": {"channel": "email", "template": "hello"}}
    document = journey({"arm": "a", "do": [send]}, {"arm": "b", "do": [send]}, reward="click")
    shop.define(TEMPLATE, document)
    come(shop, "u", 6)
    shop.rows("UPDATE messages SET clicked_at = %s RETURNING 1", shop.clock.now())
    assert sum(rewarded for _, rewarded in reports(shop, document).values()) == 6


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ({"bandit": [{"arm": "a"}], "reward": "click"}, "steps[0]"),
        ({"bandit": [{"arm": "a"}, {"arm": "a"}], "reward": "click"}, "steps[0].bandit"),
        ({"bandit": [{}, {}]}, "steps[0].reward"),
        ({"bandit": [{}, {"weight": 3}], "reward": "click"}, "steps[0].bandit[1]"),
        ({"bandit": [{}, {}], "reward": "click", "explore": 3}, "steps[0].explore"),
        ({"bandit": [{}, {}], "reward": "click", "within": "1y"}, "steps[0].within"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_place(step, path):
    with pytest.raises(Malformed) as refused:
        read_journey({"kind": "journey", "key": "walk", "entry": {"event": "Signed Up"}, "steps": [step]})
    assert refused.value.path == path
