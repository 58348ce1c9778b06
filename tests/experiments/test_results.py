"""What an experiment shows, from what the stages have written down about its people."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hourglass import definitions
from hourglass.definitions import Kind, Kinds
from hourglass.experiments import ArmEffect, ArmResult, ExperimentResults, all_sources, results
from hourglass.kernel import Malformed, NotFound
from hourglass.messages import POLICY
from hourglass.postgres import Database, find_workspace
from tests.messages.shop import NOW, SHOP, days

CART: dict[str, Any] = {"kind": "journey", "key": "cart", "name": "Cart", "state": "live", "control": 20,
                        "entry": {"event": "Product Added"}, "steps": [{"wait": "1h"}]}  # fmt: skip
LATER = NOW + days(30)
KINDS = Kinds([Kind(name="journey", read=dict), POLICY])


class Bench:
    """People who were assigned, and what they bought."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self._orders = 0

    def run(self, query: str, **values: Any) -> list[tuple[Any, ...]]:
        with self.database.transaction() as tx:
            cursor = tx.execute(query.encode(), values)
            return cursor.fetchall() if cursor.description else []

    def define(self, document: dict[str, Any], at: Any = NOW) -> None:
        with self.database.transaction() as tx:
            definitions.put(tx, SHOP, document, kinds=KINDS, author="test", now=at)

    def people(self, count: int) -> list[int]:
        return [row[0] for row in self.run(
            "INSERT INTO profiles (workspace_id, known, first_seen_at, last_seen_at)"
            " SELECT 1, true, %(now)s, %(now)s FROM generate_series(1, %(count)s) RETURNING id", now=NOW, count=count,
        )]  # fmt: skip

    def enter(self, people: list[int], *, control: bool = False, at: Any = NOW, state: str = "exited") -> None:
        self.run(
            "INSERT INTO journey_runs (workspace_id, journey_id, version, profile_id, step, state, entered_at,"
            " end_reason, entry_seq) SELECT 1, d.id, 1, p, 'entry', %(state)s, %(at)s, %(reason)s, 1"
            " FROM definitions d, unnest(%(people)s::bigint[]) p WHERE d.key = 'cart'",
            people=people, at=at, state=state, reason="control_group" if control else None,
        )  # fmt: skip

    def buy(self, people: list[int], at: Any, net: int = 1000, currency: str = "EUR") -> None:
        self._orders += 1
        self.run(
            "INSERT INTO orders (workspace_id, id, identity_id, profile_id, state, ordered_at, updated_at, revenue,"
            " currency) SELECT 1, %(order)s || '-' || p, 1, p, 'completed', %(at)s, %(at)s, %(net)s, %(currency)s"
            " FROM unnest(%(people)s::bigint[]) p",
            order=f"o{self._orders}", people=people, at=at, net=net, currency=currency,
        )  # fmt: skip

    def results(self, kind: Any = "journey", key: str = "cart", now: Any = LATER, **more: Any) -> ExperimentResults:
        with self.database.transaction() as tx:
            return results(tx, find_workspace(tx), kind, key, now, **more)


@pytest.fixture
def bench(database: Database) -> Bench:
    made = Bench(database)
    made.define(CART)
    return made


def arm(found: ExperimentResults, name: str = "treated") -> ArmResult:
    return next(one for one in found.arms if one.arm == name)


def effect(found: ExperimentResults, metric: str) -> ArmEffect:
    return next(one for one in arm(found).effects if one.metric == metric)


def test_a_journey_that_sells_says_how_much(bench: Bench) -> None:
    treated, control = bench.people(1600), bench.people(400)
    bench.enter(treated)
    bench.enter(control, control=True)
    bench.buy(treated[:480], NOW + days(2))
    bench.buy(control[:40], NOW + days(3))
    found = bench.results()
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


def test_only_the_window_after_each_persons_own_moment_counts(bench: Bench) -> None:
    early, late, pending = ([one] for one in bench.people(3))
    bench.enter(early)
    bench.enter(late, at=NOW + days(10))
    bench.enter(pending, at=LATER - days(3))
    for one in (early, late, pending):
        bench.buy(one, NOW + days(11))
        bench.buy(one, NOW + days(20))
    found = bench.results(days=7)
    assert (arm(found).assigned, arm(found).people, found.pending) == (3, 2, 1)
    assert arm(found).orders == 1, "the early one bought too late, the pending one is not over"


def test_what_was_taken_back_or_imported_or_paid_in_another_money_is_told_apart(bench: Bench) -> None:
    people = bench.people(3)
    bench.enter(people)
    bench.buy(people[:1], NOW + days(1), currency="USD")
    bench.buy(people[1:], NOW + days(1), net=500)
    bench.run("UPDATE orders SET state = 'cancelled' WHERE profile_id = %(id)s", id=people[2])
    bench.buy(people, NOW + days(2))
    bench.run("UPDATE orders SET historical = true WHERE ordered_at = %(at)s", at=NOW + days(2))
    found = arm(bench.results())
    assert (found.orders, found.revenue) == (2, 500)


def test_a_person_counts_once_where_they_were_first_also_after_a_merge(bench: Bench) -> None:
    visitor, anna, boris = bench.people(3)
    bench.enter([visitor], control=True)
    bench.enter([anna, boris], at=NOW + days(1))
    bench.enter([boris], at=NOW + days(2))
    bench.run("UPDATE profiles SET merged_into = %(anna)s WHERE id = %(visitor)s", anna=anna, visitor=visitor)
    bench.buy([anna], NOW + days(3))
    found = bench.results()
    assert (arm(found, "control").people, arm(found, "control").orders, arm(found).people) == (1, 1, 1)
    assert found.crossed == 1


def test_people_drawn_by_other_weights_are_another_experiment(bench: Bench) -> None:
    before, after = bench.people(2), bench.people(3)
    bench.enter(before)
    bench.define(CART | {"control": 10}, NOW + days(2))
    bench.define(CART | {"control": 10, "name": "Cart, renamed"}, NOW + days(5))
    bench.enter(after, at=NOW + days(3))
    found = bench.results()
    assert (found.since, arm(found).assigned) == (NOW + days(2), 3)


def test_lost_people_make_everything_else_unbelievable(bench: Bench) -> None:
    treated, control = bench.people(1600), bench.people(200)
    bench.enter(treated)
    bench.enter(control, control=True)
    bench.buy(treated[:800], NOW + days(1))
    found = bench.results()
    assert found.ratio.mismatch
    assert found.verdict.code == "mismatch"


def test_complaints_come_before_revenue(bench: Bench) -> None:
    treated, control = bench.people(1600), bench.people(400)
    bench.enter(treated)
    bench.enter(control, control=True)
    bench.buy(treated[:800], NOW + days(1))
    bench.run(
        "INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, class, state,"
        " created_at, not_before, complained_at) SELECT 1, p, p, 1, 'steps[0]', 'email', 'hello', 'marketing', 'sent',"
        " %(at)s, %(at)s, %(at)s FROM unnest(%(people)s::bigint[]) p",
        at=NOW + timedelta(hours=1), people=treated[:160],
    )  # fmt: skip
    found = bench.results()
    assert arm(found).complained == 160
    assert effect(found, "complained").certain
    assert (found.verdict.code, found.verdict.metric) == ("harmful", "complained")


def test_what_people_bought_before_sharpens_the_comparison(bench: Bench) -> None:
    treated, control = bench.people(1600), bench.people(400)
    bench.enter(treated)
    bench.enter(control, control=True)
    for people in (treated, control):
        regular = people[::4]
        bench.buy(regular, NOW - days(30))
        bench.buy(regular, NOW + days(1))
        bench.buy(people[1::40], NOW + days(2))
    found = bench.results()
    assert effect(found, "revenue").sharpened > 0.7
    assert found.verdict.code == "undecided"


def test_messages_are_credited_beside_what_was_really_added(bench: Bench) -> None:
    treated, control = bench.people(800), bench.people(200)
    bench.enter(treated)
    bench.enter(control, control=True)
    for people in (treated, control):
        bench.buy(people[::4], NOW + days(1))
    bench.run(
        "INSERT INTO attributions (workspace_id, order_id, message_id, source_id, step, channel, touched_at, touch)"
        " SELECT 1, o.id, 1, d.id, 'steps[0]', 'email', o.ordered_at, 'opened' FROM orders o, definitions d"
        " WHERE d.key = 'cart' AND o.profile_id = ANY(%(people)s)", people=treated,
    )  # fmt: skip
    found = bench.results()
    assert arm(found).credited == 200_000
    assert effect(found, "revenue").added == pytest.approx(0)


def test_the_control_group_of_the_policy_is_an_experiment_too(bench: Bench) -> None:
    policy = {"kind": "policy", "key": "default", "control": {"percent": 25}}
    bench.define(policy)
    people = bench.people(400)
    bench.run(
        "INSERT INTO messages (workspace_id, profile_id, run_id, journey_id, step, channel, template, class, state,"
        " created_at, not_before) SELECT 1, p, p, 1, 'steps[0]', 'email', 'hello', 'marketing', 'withheld',"
        " %(at)s, %(at)s FROM unnest(%(people)s::bigint[]) p", at=NOW, people=people,
    )  # fmt: skip
    held: Any = POLICY.read(policy)
    out = {one for one in people if held.control.holds(one)}
    bench.buy(people, NOW + days(1))
    found = bench.results("policy", "default")
    assert (arm(found, "control").people, arm(found).people) == (len(out), 400 - len(out))
    assert arm(found, "control").orders == len(out)


def test_every_experiment_is_listed(bench: Bench) -> None:
    bench.define({"kind": "policy", "key": "default", "control": {"percent": 5}})
    bench.define(CART | {"key": "plain", "control": 0})
    with bench.database.transaction() as tx:
        found = [(one.kind, one.key, dict(one.weights)) for one in all_sources(tx, SHOP)]
    assert found == [
        ("journey", "cart", {"control": 20, "treated": 80}),
        ("policy", "default", {"control": 5, "treated": 95}),
    ]


def test_what_is_no_experiment_says_what_to_write(bench: Bench) -> None:
    bench.define(CART | {"key": "plain", "control": 0})
    with pytest.raises(NotFound, match="control: 10"):
        bench.results(key="plain")
    for wrong in (0, -1, 400, float("nan")):
        with pytest.raises(Malformed):
            bench.results(days=wrong)


def test_nobody_yet_is_too_early(bench: Bench) -> None:
    assert bench.results().verdict.code == "too_early"
