"""What an experiment shows, from what the stages have written down about its people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hourglass.experiments import ArmEffect, ArmResult, ExperimentResults, all_sources
from hourglass.kernel import Malformed, NotFound
from hourglass.messages import POLICY
from hourglass.postgres import Database
from tests.experiments.desk import CART, LATER, ExperimentDesk
from tests.messages.shop import NOW, SHOP, days


@pytest.fixture
def desk(database: Database) -> ExperimentDesk:
    made = ExperimentDesk(database)
    made.define(CART)
    return made


def arm(found: ExperimentResults, name: str = "treated") -> ArmResult:
    return next(one for one in found.arms if one.arm == name)


def effect(found: ExperimentResults, metric: str) -> ArmEffect:
    return next(one for one in arm(found).effects if one.metric == metric)


def test_a_journey_that_sells_says_how_much(desk: ExperimentDesk) -> None:
    treated, control = desk.people(1600), desk.people(400)
    desk.enter(treated)
    desk.enter(control, control=True)
    desk.buy(treated[:480], NOW + days(2))
    desk.buy(control[:40], NOW + days(3))
    found = desk.results()
    assert found.baseline == "control"
    assert (arm(found).people, arm(found).orders, arm(found).revenue) == (1600, 480, 480_000)
    assert (arm(found, "control").people, arm(found, "control").revenue) == (400, 40_000)
    revenue = effect(found, "revenue")
    assert revenue.estimate == pytest.approx(300 - 100)
    assert revenue.added == pytest.approx(200 * 1600)
    assert revenue.added_low is not None
    assert revenue.added_high is not None
    assert 0 < revenue.added_low < revenue.added < revenue.added_high
    assert (found.verdict.code, found.verdict.arm, found.verdict.metric) == ("added", "treated", "revenue")
    assert not found.ratio.mismatch


def test_only_the_window_after_each_persons_own_moment_counts(desk: ExperimentDesk) -> None:
    early, late, pending = ([one] for one in desk.people(3))
    desk.enter(early)
    desk.enter(late, at=NOW + days(10))
    desk.enter(pending, at=LATER - days(3))
    for one in (early, late, pending):
        desk.buy(one, NOW + days(11))
        desk.buy(one, NOW + days(20))
    found = desk.results(days=7)
    assert (arm(found).assigned, arm(found).people, found.pending) == (3, 2, 1)
    assert arm(found).orders == 1, "the early one bought too late, the pending one is not over"


def test_what_was_taken_back_or_imported_or_paid_in_another_money_is_told_apart(desk: ExperimentDesk) -> None:
    people = desk.people(3)
    desk.enter(people)
    desk.buy(people[:1], NOW + days(1), currency="USD")
    desk.buy(people[1:], NOW + days(1), net=500)
    desk.run("UPDATE orders SET state = 'cancelled' WHERE profile_id = %(id)s", id=people[2])
    desk.buy(people, NOW + days(2))
    desk.run("UPDATE orders SET historical = true WHERE ordered_at = %(at)s", at=NOW + days(2))
    found = arm(desk.results())
    assert (found.orders, found.revenue) == (2, 500)


def test_a_person_counts_once_where_they_were_first_also_after_a_merge(desk: ExperimentDesk) -> None:
    visitor, anna, boris = desk.people(3)
    desk.enter([visitor], control=True)
    desk.enter([anna, boris], at=NOW + days(1))
    desk.enter([boris], at=NOW + days(2))
    desk.run("UPDATE profiles SET merged_into = %(anna)s WHERE id = %(visitor)s", anna=anna, visitor=visitor)
    desk.buy([anna], NOW + days(3))
    found = desk.results()
    assert (arm(found, "control").people, arm(found, "control").orders, arm(found).people) == (1, 1, 1)
    assert found.crossed == 1


def test_people_drawn_by_other_weights_are_another_experiment(desk: ExperimentDesk) -> None:
    before, after = desk.people(2), desk.people(3)
    desk.enter(before)
    desk.define(CART | {"control": 10}, NOW + days(2))
    desk.define(CART | {"control": 10, "name": "Cart, renamed"}, NOW + days(5))
    desk.enter(after, at=NOW + days(3))
    desk.enter(before, at=NOW + days(4))
    found = desk.results()
    assert (found.since, arm(found).assigned) == (NOW + days(2), 3)


def test_lost_people_make_everything_else_unbelievable(desk: ExperimentDesk) -> None:
    treated, control = desk.people(1600), desk.people(200)
    desk.enter(treated)
    desk.enter(control, control=True)
    desk.buy(treated[:800], NOW + days(1))
    found = desk.results()
    assert found.ratio.mismatch
    assert found.verdict.code == "mismatch"


def test_complaints_come_before_revenue(desk: ExperimentDesk) -> None:
    treated, control = desk.people(1600), desk.people(400)
    desk.enter(treated)
    desk.enter(control, control=True)
    desk.buy(treated[:800], NOW + days(1))
    desk.run(
        "INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, class, state,"
        " created_at, not_before, complained_at) SELECT 1, p, p, 1, 'steps[0]', 'email', 'hello', 'marketing', 'sent',"
        " %(at)s, %(at)s, %(at)s FROM unnest(%(people)s::bigint[]) p",
        at=NOW + timedelta(hours=1), people=treated[:160],
    )  # fmt: skip
    found = desk.results()
    assert arm(found).complained == 160
    assert effect(found, "complained").certain
    assert (found.verdict.code, found.verdict.metric) == ("harmful", "complained")


def test_what_people_bought_before_sharpens_the_comparison(desk: ExperimentDesk) -> None:
    treated, control = desk.people(1600), desk.people(400)
    desk.enter(treated)
    desk.enter(control, control=True)
    for people in (treated, control):
        regular = people[::4]
        desk.buy(regular, NOW - days(30))
        desk.buy(regular, NOW + days(1))
        desk.buy(people[1::40], NOW + days(2))
    found = desk.results()
    assert effect(found, "revenue").sharpened > 0.7
    assert found.verdict.code == "undecided"


def test_messages_are_credited_beside_what_was_really_added(desk: ExperimentDesk) -> None:
    treated, control = desk.people(800), desk.people(200)
    desk.enter(treated)
    desk.enter(control, control=True)
    for people in (treated, control):
        desk.buy(people[::4], NOW + days(1))
    desk.run(
        "INSERT INTO attributions (workspace_id, order_id, message_id, source_id, step, channel, touched_at, touch)"
        " SELECT 1, o.id, 1, d.id, 'steps[0]', 'email', o.ordered_at, 'opened' FROM orders o, definitions d"
        " WHERE d.key = 'cart' AND o.profile_id = ANY(%(people)s)", people=treated,
    )  # fmt: skip
    found = desk.results()
    assert arm(found).credited == 200_000
    assert effect(found, "revenue").added == pytest.approx(0)


def test_the_control_group_of_the_policy_is_an_experiment_too(desk: ExperimentDesk) -> None:
    policy = {"kind": "policy", "key": "default", "control": {"percent": 25}}
    desk.define(policy)
    people = desk.people(400)
    desk.run(
        "INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, class, state,"
        " created_at, not_before) SELECT 1, p, p, 1, 'steps[0]', 'email', 'hello', 'marketing', 'withheld',"
        " %(at)s, %(at)s FROM unnest(%(people)s::bigint[]) p", at=NOW, people=people,
    )  # fmt: skip
    held: Any = POLICY.read(policy)
    out = {one for one in people if held.control.holds(one)}
    desk.buy(people, NOW + days(1))
    found = desk.results("policy", "default")
    assert (arm(found, "control").people, arm(found).people) == (len(out), 400 - len(out))
    assert arm(found, "control").orders == len(out)


def test_every_experiment_is_listed(desk: ExperimentDesk) -> None:
    desk.define({"kind": "policy", "key": "default", "control": {"percent": 5}})
    desk.define(CART | {"key": "plain", "control": 0})
    with desk.database.transaction() as tx:
        found = [(one.kind, one.key, dict(one.weights)) for one in all_sources(tx, SHOP)]
    assert found == [
        ("journey", "cart", {"control": 20, "treated": 80}),
        ("policy", "default", {"control": 5, "treated": 95}),
    ]


def test_what_is_no_experiment_says_what_to_write(desk: ExperimentDesk) -> None:
    desk.define(CART | {"key": "plain", "control": 0})
    with pytest.raises(NotFound, match="control: 10"):
        desk.results(key="plain")
    for wrong in (0, -1, 400, float("nan")):
        with pytest.raises(Malformed):
            desk.results(days=wrong)


def test_nobody_yet_is_too_early(desk: ExperimentDesk) -> None:
    assert desk.results().verdict.code == "too_early"
