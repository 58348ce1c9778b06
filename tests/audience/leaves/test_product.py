"""What the catalogue says about the product somebody last looked at, and who is looked at again when it changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from hourglass.audience import describe, parse_condition
from hourglass.audience.live.catalogue import CatalogueWatch
from hourglass.kernel import Malformed, Workspace, WorkspaceId
from tests.audience.leaves.living import did, members, segments
from tests.engine.shop import Shop

HOME = Workspace(id=WorkspaceId(1), key="default", name="Shop", currency="EUR", zone="UTC", locale="en")
HAT: dict[str, Any] = {"product_id": "hat", "price": 50, "category": "hats", "brand": "Acme"}
TEA: dict[str, Any] = {"product_id": "tea", "price": 5, "category": "drinks"}


def catalogue(product_id: str, **told: Any) -> dict[str, Any]:
    return {
        "type": "track", "anonymousId": "catalogue", "event": "Product Updated",
        "properties": {"product_id": product_id, **told},
    }  # fmt: skip


def change(shop: Shop, product_id: str, **told: Any) -> int:
    """The catalogue changes, interested people are found, and asked again."""
    shop.clock.advance(timedelta(minutes=5))
    shop.send(catalogue(product_id, **told))
    shop.tick()
    with shop.database.transaction() as tx:
        found = CatalogueWatch().look(tx, HOME, shop.clock.now())
    shop.tick()
    return found


def test_a_price_drop_reaches_those_who_saw_the_higher_one(shop):
    segments(
        shop,
        dropped={"product": "last_viewed", "fact": "price_dropped"},
        much={"product": "last_viewed", "fact": "price_dropped", "by": "10%"},
    )
    shop.send(did("anna", "Product Viewed", **HAT), did("boris", "Product Viewed", **TEA))
    shop.send(did("clara", "Product Viewed", **{**HAT, "currency": "USD"}))
    shop.tick(timedelta(minutes=1))
    shop.send(did("clara", "Product Viewed", **HAT))
    shop.tick()
    assert change(shop, "hat", price=48) == 2
    assert (members(shop, "dropped"), members(shop, "much")) == ({"anna", "clara"}, set())
    change(shop, "hat", price=45)
    assert members(shop, "much") == {"anna", "clara"}
    change(shop, "hat", price=60)
    assert members(shop, "dropped") == set()


def test_who_sees_the_lower_price_later_saw_no_drop(shop):
    segments(shop, dropped={"product": "last_viewed", "fact": "price_dropped"})
    shop.send(did("anna", "Product Viewed", **HAT))
    shop.tick()
    change(shop, "hat", price=40)
    assert members(shop, "dropped") == {"anna"}
    shop.send(did("anna", "Product Viewed", **{**HAT, "price": 40}))
    shop.tick()
    assert members(shop, "dropped") == set()


def test_stock_comes_and_goes(shop):
    segments(
        shop,
        back={"product": "last_wished", "fact": "back_in_stock"},
        there={"product": "last_wished", "fact": "in_stock"},
        gone={"product": "last_wished", "fact": "out_of_stock"},
        few={"product": "last_wished", "fact": "stock", "op": "at_most", "value": 3},
    )
    shop.send(catalogue("hat", stock=0), did("anna", "Product Added to Wishlist", **HAT))
    shop.send(did("boris", "Product Added to Wishlist", **TEA))
    shop.tick()
    assert [members(shop, key) for key in ("back", "there", "gone", "few")] == [set(), set(), {"anna"}, {"anna"}]
    change(shop, "hat", stock=9)
    assert [members(shop, key) for key in ("back", "there", "gone", "few")] == [{"anna"}, {"anna"}, set(), set()]
    change(shop, "hat", stock=2)
    assert [members(shop, key) for key in ("back", "there", "gone", "few")] == [{"anna"}, {"anna"}, set(), {"anna"}]


def test_the_window_closes_by_itself(shop):
    segments(shop, hats={"product": "last_viewed", "fact": "category", "value": "hats", "within": "2d"})
    shop.send(did("anna", "Product Viewed", **HAT))
    shop.tick()
    shop.tick(timedelta(days=2))
    assert members(shop, "hats") == {"anna"}
    shop.tick(timedelta(microseconds=1))
    assert members(shop, "hats") == set()


def test_of_the_last_order_the_dearest_product_counts_until_it_is_cancelled(shop):
    segments(
        shop,
        acme={"product": "last_bought", "fact": "category", "value": "hats"},
        dear={"product": "last_bought", "fact": "price", "op": "at_least", "value": 50},
    )
    shop.send(did("anna", "Product Viewed", **HAT), did("anna", "Product Viewed", **TEA))
    lines = [{**TEA, "quantity": 9}, {**HAT, "quantity": 1}]
    shop.send(did("anna", "Order Completed", order_id="o1", revenue=95, products=lines))
    shop.tick()
    assert (members(shop, "acme"), members(shop, "dear")) == ({"anna"}, {"anna"})
    assert change(shop, "hat", price=49) == 1
    assert members(shop, "dear") == set()
    shop.send(did("anna", "Order Cancelled", order_id="o1"))
    shop.tick()
    assert members(shop, "acme") == set()


def test_nobody_is_looked_at_where_no_segment_speaks_of_products(shop):
    segments(shop, seen={"event": "Product Viewed"})
    shop.send(did("anna", "Product Viewed", **HAT))
    shop.tick()
    assert change(shop, "hat", price=1) == 0


def test_who_looked_too_long_ago_is_left_alone(shop):
    segments(shop, dropped={"product": "last_viewed", "fact": "price_dropped", "within": "1d"})
    shop.send(did("anna", "Product Viewed", **HAT))
    shop.tick(timedelta(days=3))
    assert change(shop, "hat", price=1) == 0


@pytest.mark.parametrize("told", ["cheap", "-5", "1e400", "", None, {"a": 1}])
def test_a_price_nobody_would_write_is_none(shop, told):
    segments(shop, dropped={"product": "last_viewed", "fact": "price_dropped"})
    shop.send(did("anna", "Product Viewed", product_id="hat", price=told))
    shop.tick()
    change(shop, "hat", price=1)
    assert members(shop, "dropped") == set()


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ({"product": "last_seen", "fact": "price"}, "condition.product"),
        ({"product": "last_viewed", "fact": "prise", "value": 1}, "condition.fact"),
        ({"product": "last_viewed", "fact": "price_dropped", "by": 10}, "condition.by"),
        ({"product": "last_viewed", "fact": "in_stock", "by": "10%"}, "condition.by"),
        ({"product": "last_viewed", "fact": "in_stock", "value": True}, "condition.value"),
        ({"product": "last_viewed", "fact": "price", "value": "cheap"}, "condition.value"),
        ({"product": "last_viewed", "fact": "in_stock", "within": "200d"}, "condition.within"),
    ],
)
def test_a_mistake_is_named_with_its_path(document, path):
    with pytest.raises(Malformed) as refused:
        parse_condition(document)
    assert refused.value.path == path


def test_words_in_both_languages():
    condition = parse_condition({"product": "last_viewed", "fact": "price_dropped", "by": "10%"})
    assert (
        describe(condition) == "the last viewed product (in the last 30 days): its price has dropped by at least 10 %"
    )
    assert describe(condition, "ru") == (
        "последний просмотренный товар (за последние 30 дней): его цена снизилась хотя бы на 10 %"
    )


def test_an_order_that_turns_out_to_be_somebody_elses_is_no_longer_the_first_ones(shop):
    segments(shop, hats={"product": "last_bought", "fact": "category", "value": "hats"})
    shop.send(did("anna", "Product Viewed", **HAT))
    shop.send(did("anna", "Order Completed", order_id="o1", revenue=50, products=[{**HAT, "quantity": 1}]))
    shop.tick(timedelta(minutes=1))
    assert members(shop, "hats") == {"anna"}
    shop.send(did("boris", "Order Updated", order_id="o1", revenue=50, products=[{**HAT, "quantity": 1}]))
    shop.tick()
    assert members(shop, "hats") == {"boris"}


def test_an_order_that_somebody_else_cancels_stands_no_longer(shop):
    segments(shop, hats={"product": "last_bought", "fact": "category", "value": "hats"})
    shop.send(did("anna", "Product Viewed", **HAT))
    shop.send(did("anna", "Order Completed", order_id="o1", revenue=50, products=[{**HAT, "quantity": 1}]))
    shop.tick(timedelta(minutes=1))
    shop.send(did("the-desk", "Order Cancelled", order_id="o1"))
    shop.tick()
    assert members(shop, "hats") == set()
