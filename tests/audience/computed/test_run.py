"""A run over the lake: what people get, what is written, who is looked at again, who leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from hourglass.audience.computed import FAMILIES, is_computed, is_due, last_run, read_computed
from hourglass.kernel import Conflict
from hourglass.profiles import erase
from tests.audience.computed.shop import NOW, Shop

TEA = {"product_id": "t", "price": 10, "quantity": 1, "category": "Tea", "brand": "Leaf"}
BAG = {"product_id": "b", "price": 40, "quantity": 1, "category": "Bags", "brand": "Hold"}


def test_cancelled_and_refunded_orders_count_as_commerce_counts_them(shop: Shop) -> None:
    shop.people([1, 2])
    shop.buy(1, "kept", 100, 10)
    shop.buy(1, "partly", 50, 20)
    shop.tell(1, "Order Refunded", 15, order_id="partly", revenue=20)
    shop.buy(1, "cancelled", 500, 5)
    shop.tell(1, "Order Cancelled", 4, order_id="cancelled")
    shop.buy(1, "foreign", 70, 30)
    shop.tell(1, "Order Updated", 29, order_id="foreign", revenue=70, currency="USD")
    shop.buy(2, "returned", 30, 8)
    shop.tell(2, "Order Refunded", 7, order_id="returned", revenue=30)
    shop.compute()
    traits = shop.traits()
    assert (traits[1]["rfm.recency"], traits[1]["rfm.frequency"], traits[1]["rfm.monetary"]) == (10, 3, 130)
    assert traits[1]["value.last_order"] == "2026-03-05"
    assert not [name for name in traits[2] if name.startswith(("rfm.", "value.", "favourite.category"))]


def test_an_order_without_a_sum_is_worth_its_lines(shop: Shop) -> None:
    shop.people([1])
    shop.tell(1, "Order Completed", order_id="a", products=[TEA, {"sku": "x", "price": "2.55", "quantity": "2"}])
    shop.compute()
    assert shop.traits()[1]["rfm.monetary"] == 15.1


def test_what_clients_wrote_wrongly_stops_nobody(shop: Shop) -> None:
    shop.people([1])
    shop.buy(1, "a", 10, 3, {**TEA, "category": 'Te"a\n\0', "brand": {"no": "text"}})
    shop.tell(1, "Order Completed", 2, 5, order_id="b", products="none", discount={"much": True})
    shop.tell(1, "Order Completed", 1, 5, order_id="c", products=[7, None, {"product_id": [1]}, BAG])
    shop.compute()
    own = shop.traits()[1]
    assert (own["rfm.frequency"], own["favourite.category"], own["favourite.brand"]) == (3, "Bags", "Hold")
    assert "favourite.product" not in own, "no product in two orders"


def test_the_product_in_most_orders_counts_from_two_on(shop: Shop) -> None:
    shop.people([1])
    shop.buy(1, "a", 10, 3, TEA, BAG)
    shop.buy(1, "b", 5, 3, TEA)
    shop.compute()
    assert shop.traits()[1]["favourite.product"] == TEA["product_id"]


def test_a_second_run_writes_nothing(shop: Shop) -> None:
    shop.people([1, 2])
    shop.buy(1, "a", 10, 3, TEA)
    first = shop.compute()
    before = shop.run("SELECT profile_id, computed_at, xmin::text FROM computed_traits ORDER BY 1")
    again = shop.compute(NOW + timedelta(minutes=1))
    assert (first.changed["rfm"], first.changed["lifecycle"], sum(again.changed.values())) == (1, 2, 0)
    assert shop.run("SELECT profile_id, computed_at, xmin::text FROM computed_traits ORDER BY 1") == before


def test_who_changed_in_a_trait_that_a_live_segment_names_is_looked_at_again(shop: Shop) -> None:
    shop.people([1, 2])
    shop.buy(1, "a", 10, 3, TEA)
    shop.buy(2, "b", 10, 4, TEA)
    shop.compute()
    _segment(shop, '{"kind":"segment","key":"s","when":{"all":[{"trait":"value.orders","op":"at_least","value":2}]}}')
    assert (shop.compute(NOW + timedelta(days=1)).rechecked, _waiting(shop)) == (0, [])
    shop.buy(2, "c", 10, 0.1, TEA)
    later = NOW + timedelta(days=1, hours=1)
    assert (shop.compute(later).rechecked, _waiting(shop)) == (1, [(2, later)])


def test_merged_people_count_as_one_and_erased_ones_are_gone(shop: Shop) -> None:
    shop.people([1, 2, 3])
    for person in (1, 2, 3):
        shop.buy(person, f"o{person}", 10, person)
    shop.compute()
    shop.run("UPDATE identities SET profile_id = 1 WHERE id = 2")
    shop.run("UPDATE profiles SET merged_into = 1 WHERE id = 2")
    shop.run(
        "INSERT INTO identity_moves (workspace_id, identity_id, from_profile, to_profile, reason, at) "
        "VALUES (1, 2, 2, 1, 'merge', now())"
    )
    with shop.database.transaction() as tx:
        erase(tx, shop.workspace().id, 3, NOW)
    assert sorted(shop.traits()) == [1, 2]
    report = shop.compute()
    assert (report.people, report.removed) == (1, 1)
    assert [own["rfm.frequency"] for own in shop.traits().values()] == [2]


def test_favourites_and_engagement_leave_machines_out(shop: Shop) -> None:
    shop.settle("Asia/Almaty", "EUR")
    shop.people([1, 2])
    for number in range(3):
        shop.tell(1, "Message Sent", 40, channel="email", message_id=number)
        shop.tell(1, "Message Opened", 40, channel="email", message_id=number, by="scanner")
    shop.tell(1, "Message Sent", 3, channel="sms", message_id=9)
    shop.tell(1, "Message Clicked", 2, channel="sms", message_id=9)
    shop.tell(1, "Page Viewed", 1)
    shop.tell(1, "Message Sent", 1, channel="'; DROP", message_id=10)
    shop.compute()
    traits = shop.traits()
    engaged = {name: value for name, value in traits[1].items() if name.startswith("engagement.")}
    assert engaged == {"engagement.overall": "active", "engagement.email": "never", "engagement.sms": "active"}
    assert traits[2] == {"lifecycle.stage": "lead", "engagement.overall": "never"}
    # Noon in UTC on a Saturday.
    assert [traits[1][f"favourite.{name}"] for name in ("channel", "hour", "weekday")] == ["sms", 17, 6]


def test_stages_follow_the_shops_own_pace(shop: Shop) -> None:
    shop.people(range(1, 26))
    shop.people([30], known=False)
    for person in range(1, 22):  # an order every ten days
        for order in range(3):
            shop.buy(person, f"{person}-{order}", 10, 5 + 10 * order)
    shop.buy(22, "once", 10, 19)
    shop.buy(23, "lapsing", 10, 21)
    shop.buy(24, "lost", 10, 41)
    shop.tell(1, "Product Reviewed", 3, rating=5)
    shop.tell(2, "Product Reviewed", 3, rating=2)
    shop.compute()
    stage = {person: own["lifecycle.stage"] for person, own in shop.traits().items()}
    assert {n: stage[n] for n in (1, 2, 22, 23, 24, 25, 30)} == {
        1: "advocate", 2: "repeat", 22: "first", 23: "lapsing", 24: "lost", 25: "lead", 30: "visitor",
    }  # fmt: skip
    assert shop.traits()[22]["lifecycle.lapsing_after"] == 20


def test_deals_are_prices_below_the_usual_one_or_discounts(shop: Shop) -> None:
    shop.people([1, 2, 3])
    for number in range(4):
        shop.buy(1, f"full{number}", 10, 9, TEA)
    shop.buy(2, "cheap", 24, 8, {**TEA, "price": 8, "quantity": 3})
    shop.buy(2, "usual", 10, 7, TEA)
    shop.tell(3, "Order Completed", 6, 30, order_id="coupon", coupon="SPRING", products=[{**TEA, "quantity": 3}])
    shop.compute()
    found = {person: (own["price.deal_share"], own["price.sensitivity"]) for person, own in shop.traits().items()}
    assert found == {1: (0, "low"), 2: (75, "high"), 3: (100, "high")}


def test_the_night_is_due_once_and_a_run_that_is_under_way_is_left_alone(shop: Shop) -> None:
    shop.settle("Asia/Almaty", "EUR")  # UTC+5
    shop.people([1])
    evening = datetime(2026, 3, 15, 21, tzinfo=UTC)  # two at night there
    assert _due(shop, evening)
    shop.compute(evening)
    assert not _due(shop, evening + timedelta(minutes=59))
    assert _due(shop, evening + timedelta(hours=1))
    shop.compute(evening + timedelta(hours=1))
    assert not _due(shop, evening + timedelta(hours=24))
    assert _due(shop, evening + timedelta(hours=25))
    shop.run("UPDATE computed_runs SET started_at = %s, finished_at = NULL", NOW + timedelta(days=1))
    with pytest.raises(Conflict):
        shop.compute(NOW + timedelta(days=1, minutes=5))


def test_conditions_read_them_as_text(shop: Shop) -> None:
    shop.people([1, 2])
    shop.buy(1, "a", 12.5, 3)
    shop.compute()
    with shop.database.transaction() as tx:
        frame = read_computed(tx, shop.workspace().id, ["rfm.monetary", "value.band"], [1, 2, 99])
    assert sorted(frame.rows()) == [(1, "12.50", "top_1"), (2, None, None)]
    assert all(is_computed(f"{family.name}.{trait.name}") for family in FAMILIES for trait in family.traits)
    assert not any(map(is_computed, ("city", "rfm", "rfm.", "address.city")))


def test_the_last_run_is_there_to_be_seen(shop: Shop) -> None:
    shop.people([1])
    shop.compute()
    with shop.database.transaction() as tx:
        run = last_run(tx, shop.workspace().id)
    assert run is not None
    assert (run.finished_at, run.problem, (run.report or {})["people"]) == (NOW, None, 1)
    assert "50 customers" in (run.report or {})["skipped"]["cluster"]


def _segment(shop: Shop, body: str) -> None:
    shop.run(
        "INSERT INTO definitions (workspace_id, kind, key, version, state, updated_at) "
        "VALUES (1, 'segment', 's', 1, 'live', now())"
    )
    shop.run(
        "INSERT INTO definition_versions (workspace_id, kind, key, version, body, author, at) "
        "VALUES (1, 'segment', 's', 1, %s, 'me', now())", body,
    )  # fmt: skip


def _waiting(shop: Shop) -> list[tuple]:
    return shop.run("SELECT profile_id, due_at FROM rechecks ORDER BY 1")


def _due(shop: Shop, now: datetime) -> bool:
    with shop.database.transaction() as tx:
        return is_due(tx, shop.workspace(), now)
