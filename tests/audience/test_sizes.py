"""Segments over time, and what they have in common."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hourglass import audience
from hourglass.kernel import Malformed, NotFound, Workspace
from tests.audience.people import WORKSPACE, a_list, a_segment, change, known
from tests.engine.shop import SHOP, Shop

DAY = timedelta(days=1)


@pytest.fixture
def trio(shop: Shop) -> Shop:
    shop.define(a_list())
    known(shop, "anna", "boris", "clara")
    return shop


def measure(shop: Shop, workspace: Workspace = WORKSPACE) -> None:
    with shop.database.transaction() as tx:
        audience.measure_sizes(tx, workspace, shop.clock.now())


def days(shop: Shop, key: str = "vip", count: int = 30, workspace: Workspace = WORKSPACE):
    with shop.database.transaction() as tx:
        grown = audience.growth(tx, workspace, key, count, shop.clock.now())
    return [(one.day.day, one.members, one.entered, one.left) for one in grown.days]


def test_days_add_up_whenever_they_are_counted(trio: Shop) -> None:
    measure(trio)
    trio.clock.advance(timedelta(minutes=1))
    change(trio, audience.add_to_list, users=["anna", "boris"])
    trio.clock.advance(timedelta(minutes=1))
    measure(trio)
    measure(trio)
    trio.clock.advance(timedelta(minutes=1))
    change(trio, audience.remove_from_list, users=["anna"])
    change(trio, audience.add_to_list, users=["clara"])
    trio.clock.advance(DAY)
    measure(trio)
    trio.clock.advance(2 * DAY)
    assert days(trio) == [(1, 2, 2, 0), (2, 2, 1, 1), (3, 2, 0, 0), (4, 2, 0, 0)]
    assert days(trio, count=2) == [(3, 2, 0, 0), (4, 2, 0, 0)]


def test_the_first_count_does_not_call_old_members_new(trio: Shop) -> None:
    change(trio, audience.add_to_list, users=["anna"])
    trio.clock.advance(DAY)
    change(trio, audience.add_to_list, users=["boris"])
    measure(trio)
    assert days(trio) == [(2, 2, 1, 0)]


def test_a_day_is_a_day_of_the_workspace(trio: Shop) -> None:
    auckland = Workspace(id=SHOP, key="default", name="D", currency="EUR", zone="Pacific/Auckland", locale="en")
    measure(trio, auckland)
    assert trio.rows("SELECT DISTINCT day FROM segment_sizes") == [(date(2026, 3, 2),)]


def test_live_segments_are_counted_beside_lists(trio: Shop) -> None:
    trio.define(a_segment("all", {"trait": "email", "op": "exists"}))
    trio.tick()
    measure(trio)
    trio.clock.advance(7 * DAY)
    change(trio, audience.add_to_list, users=["anna"])
    with trio.database.transaction() as tx:
        found = audience.standing(tx, WORKSPACE, trio.clock.now())
    assert [(one.key, one.kind, one.members, one.week) for one in found] == [
        ("all", "live", 3, 0),
        ("vip", "list", 1, 1),
    ]


def test_growth_of_nothing_is_refused_with_the_place(trio: Shop) -> None:
    with pytest.raises(NotFound):
        days(trio, "none")
    with pytest.raises(Malformed) as refused:
        days(trio, count=0)
    assert refused.value.path == "days"


def test_overlap_counts_every_field_of_the_diagram(trio: Shop) -> None:
    trio.define(a_list("a"), a_list("b"), a_list("c"))
    known(trio, "dora")
    change(trio, audience.add_to_list, key="a", users=["anna", "boris", "clara"])
    change(trio, audience.add_to_list, key="b", users=["boris", "clara", "dora"])
    change(trio, audience.add_to_list, key="c", users=["clara"])
    with trio.database.transaction() as tx:
        found = audience.overlap(tx, SHOP, ["a", "b", "c", "vip"])
    assert found.members == 4
    assert [(one.key, one.members, one.only_here) for one in found.segments] == [
        ("a", 3, 1),
        ("b", 3, 1),
        ("c", 1, 0),
        ("vip", 0, 0),
    ]
    assert {(one.left, one.right): (one.members, one.jaccard) for one in found.pairs} == {
        ("a", "b"): (2, 0.5),
        ("a", "c"): (1, 0.333333),
        ("a", "vip"): (0, 0.0),
        ("b", "c"): (1, 0.333333),
        ("b", "vip"): (0, 0.0),
        ("c", "vip"): (0, 0.0),
    }
    assert sorted((one.keys, one.members) for one in found.regions) == [
        (["a"], 1),
        (["a", "b"], 1),
        (["a", "b", "c"], 1),
        (["b"], 1),
    ]


def test_overlap_of_one_or_of_a_stranger_is_refused(trio: Shop) -> None:
    with trio.database.transaction() as tx:
        with pytest.raises(Malformed):
            audience.overlap(tx, SHOP, ["vip", "vip"])
        with pytest.raises(NotFound, match="“none”"):
            audience.overlap(tx, SHOP, ["vip", "none"])
