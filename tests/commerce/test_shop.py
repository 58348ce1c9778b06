"""Carts, orders and the catalogue, as a shop's events tell them."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hourglass import commerce, profiles
from hourglass.commerce.order import LIFE, add, begin
from hourglass.events import Event
from hourglass.postgres import Database, Transaction
from tests.profiles.calls import SHOP, batches_of, identify, moment, track
from tests.profiles.test_any_order import Undo, quick
from tests.profiles.test_merge import WORKSPACE

HAT: dict[str, Any] = {"product_id": "hat", "name": "Hat", "price": 12.5, "category": "hats"}
TEA: dict[str, Any] = {"product_id": "tea", "name": "Tea", "price": "3.20"}


def trade(tx: Transaction, *events: Event) -> profiles.People:
    """A tick, as far as the shop is concerned."""
    for event in events:
        event.order_id = event.properties.get("order_id")
        revenue = event.properties.get("revenue", event.properties.get("total"))
        event.revenue = None if revenue is None else round(revenue * 100)
    people = profiles.resolve(events, tx, SHOP, moment(1000))
    profiles.apply(events, people, tx, SHOP, moment(1000))
    commerce.apply(events, people, tx, WORKSPACE)
    return people


def carts(tx: Transaction) -> list[tuple[Any, ...]]:
    return tx.execute(
        "SELECT id, state, value, (SELECT array_agg((l->>'product_id') || '×' || coalesce(l->>'quantity', '1'))"
        " FROM jsonb_array_elements(lines) l) FROM carts ORDER BY id"
    ).fetchall()


def orders(tx: Transaction) -> list[tuple[Any, ...]]:
    return tx.execute("SELECT id, state, revenue, refunded, net, ordered_at FROM orders ORDER BY id").fetchall()


def test_a_cart_is_filled_and_emptied(database: Database) -> None:
    with database.transaction() as tx:
        trade(tx, track(1, "1", event="Product Added", cart_id="c", **HAT, quantity=2))
        trade(
            tx,
            track(2, "1", event="Product Added", cart_id="c", **TEA),
            track(3, "1", event="Product Added", cart_id="c", **HAT),
        )
        assert carts(tx) == [("c", "open", 4070, ["hat×3", "tea×1"])]
        trade(tx, track(4, "1", event="Product Removed", cart_id="c", **HAT, quantity=1))
        assert carts(tx) == [("c", "open", 2820, ["hat×2", "tea×1"])]
        trade(tx, track(5, "1", event="Product Removed", cart_id="c", product_id="hat"))
        trade(tx, track(6, "1", event="Product Removed", cart_id="c", product_id="tea"))
        assert carts(tx) == [("c", "emptied", 0, None)]


def test_a_cart_told_as_a_whole_replaces_what_was_known(database: Database) -> None:
    with database.transaction() as tx:
        trade(tx, track(1, "1", event="Product Added", cart_id="c", **HAT))
        trade(tx, track(3, "1", event="Cart Viewed", cart_id="c", products=[TEA, TEA]))
        trade(tx, track(2, "1", event="Product Added", cart_id="c", **HAT))
        assert carts(tx) == [("c", "open", 640, ["tea×2"])]


def test_looking_at_an_unknown_cart_makes_none(database: Database) -> None:
    with database.transaction() as tx:
        trade(tx, track(1, "1", event="Cart Viewed", cart_id="c"), track(1, "1", event="Checkout Started", cart_id="c"))
        assert carts(tx) == []


def test_a_cart_without_a_number_belongs_to_the_device_before_and_after_login(database: Database) -> None:
    with database.transaction() as tx:
        trade(tx, track(1, None, "a", event="Product Added", **HAT))
        who = trade(tx, track(2, "1", "a", event="Product Added", **TEA)).touched
        assert carts(tx) == [("device:a", "open", 1570, ["hat×1", "tea×1"])]
        assert [row[0] for row in tx.execute("SELECT profile_id FROM carts").fetchall()] == who


def test_an_order_closes_the_cart_it_names_and_those_without_a_number(database: Database) -> None:
    with database.transaction() as tx:
        for cart in ("c1", "c2"):
            trade(tx, track(1, "1", "a", event="Product Added", cart_id=cart, **HAT))
        trade(tx, track(2, "1", "a", event="Product Added", **TEA))
        trade(tx, track(3, "1", "b", event="Order Completed", order_id="o", cart_id="c1", revenue=12.5))
        assert [row[:2] for row in carts(tx)] == [("c1", "ordered"), ("c2", "open"), ("device:a", "ordered")]


def test_an_order_that_names_no_cart_closes_all_of_the_buyers(database: Database) -> None:
    with database.transaction() as tx:
        trade(
            tx,
            track(1, "1", event="Product Added", cart_id="c", **HAT),
            track(1, "2", event="Product Added", cart_id="d", **HAT),
            track(2, "1", event="Order Completed", order_id="o", revenue=12.5),
            track(3, "1", event="Product Added", cart_id="e", **TEA),
        )
        assert [row[:2] for row in carts(tx)] == [("c", "ordered"), ("d", "open"), ("e", "open")]


def test_what_was_added_after_the_order_begins_the_next_cart(database: Database) -> None:
    with database.transaction() as tx:
        trade(tx, track(1, "1", event="Product Added", cart_id="c", **HAT))
        trade(tx, track(3, "1", event="Product Added", cart_id="c", **TEA))
        trade(tx, track(2, "1", event="Order Completed", order_id="o", cart_id="c", revenue=12.5))
        assert carts(tx) == [("c", "open", 320, ["tea×1"])]


def test_a_visitors_cart_is_closed_by_the_order_of_who_they_are(database: Database) -> None:
    with database.transaction() as tx:
        trade(tx, identify(0, "1", "a"))
        trade(tx, track(1, None, "b", event="Product Added", **HAT))
        trade(tx, track(2, "1", "b", event="Order Completed", order_id="o", revenue=12.5))
        assert [row[:2] for row in carts(tx)] == [("device:b", "ordered")]
        owners = "SELECT count(DISTINCT p) FROM (SELECT profile_id p FROM carts UNION SELECT profile_id FROM orders) x"
        assert tx.execute(owners.encode()).fetchone() == (1,)


def test_orders_follow_the_device_they_were_made_on(database: Database) -> None:
    with database.transaction() as tx:
        trade(tx, track(1, None, "b", event="Order Completed", order_id="o", revenue=5))
        contact = trade(tx, identify(0, "1", "a")).touched
        trade(tx, track(2, "1", "b"))
        assert tx.execute("SELECT profile_id FROM orders").fetchone() == (contact[0],)


LIVES = [
    track(1, "1", event="Order Completed", order_id="o", revenue=50, products=[HAT, TEA]),
    track(2, "1", event="Order Updated", order_id="o", revenue=40, products=[HAT]),
    track(3, "1", event="Order Shipped", order_id="o"),
    track(4, "1", event="Order Delivered", order_id="o"),
    track(5, "1", event="Order Refunded", order_id="o", total=15),
    track(6, "1", event="Order Refunded", order_id="o", total=5),
]


def test_an_orders_life(database: Database) -> None:
    with database.transaction() as tx:
        states: list[Any] = []
        for event in LIVES:
            trade(tx, event)
            states += [row[1:5] for row in orders(tx)]
    assert states == [
        ("completed", 5000, 0, 5000),
        ("updated", 4000, 0, 4000),
        ("shipped", 4000, 0, 4000),
        ("delivered", 4000, 0, 4000),
        ("refunded", 4000, 1500, 2500),
        ("refunded", 4000, 2000, 2000),
    ]


@quick
@given(order=st.permutations(range(len(LIVES))), size=st.integers(1, len(LIVES)))
def test_late_events_give_the_same_order(database: Database, order: list[int], size: int) -> None:
    outcomes: list[Any] = []
    for events, cut in ((LIVES, 1), ([LIVES[n] for n in order], size)):
        try:
            with database.transaction() as tx:
                for batch in batches_of(events, cut):
                    trade(tx, *batch)
                outcomes.append((orders(tx), tx.execute("SELECT lines, content_at FROM orders").fetchall()))
                raise Undo
        except Undo:
            pass
    assert outcomes[0] == outcomes[1]


@pytest.mark.parametrize("name", ["Order Cancelled", "Order Refunded"])
def test_an_order_taken_back_whole_leaves_nothing(database: Database, name: str) -> None:
    with database.transaction() as tx:
        trade(tx, LIVES[0], track(9, "1", event=name, order_id="o"))
        assert orders(tx)[0][4] == 0


def test_an_order_without_a_sum_costs_what_its_lines_cost() -> None:
    event = track(1, "1", event="Order Completed", order_id="o", products=[{**HAT, "quantity": 2}, TEA])
    order = begin("o", event, 1, 1)
    add(order, event, 1, 1)
    assert order.revenue == 2820


def test_any_life_in_any_order_ends_the_same() -> None:
    throw = Random(5)
    for _ in range(300):
        events = [track(throw.randrange(4), "1", event=throw.choice(list(LIFE)), order_id="o", n=n) for n in range(6)]
        ends: list[Any] = []
        for _ in range(2):
            throw.shuffle(events)
            order = begin("o", events[0], 1, 1)
            for event in events:
                add(order, event, 1, 1)
            ends.append((order.state, order.state_at, order.ordered_at, order.updated_at))
        assert ends[0] == ends[1]


def test_the_catalogue_keeps_the_latest_word_on_every_field(database: Database) -> None:
    with database.transaction() as tx:
        trade(tx, track(2, "1", event="Product Viewed", **HAT, url="https://shop.example/hat"))
        trade(tx, track(3, "1", event="Order Completed", order_id="o", products=[{"product_id": "hat", "price": 11}]))
        trade(tx, track(1, "1", event="Product Viewed", product_id="hat", name_="x", price=99, brand="Acme"))
        found = tx.execute("SELECT id, price, category, url, brand FROM products").fetchall()
    assert found == [("hat", 1100, "hats", "https://shop.example/hat", "Acme")]


def test_broken_products_harm_nobody(database: Database) -> None:
    odd: list[Any] = [
        None,
        7,
        {"name": "no id"},
        {"product_id": True},
        {"product_id": "p" * 999},
        {"product_id": "x", "price": "free", "quantity": -3},
    ]
    with database.transaction() as tx:
        trade(tx, track(1, "1", event="Cart Viewed", cart_id="c", products=odd))
        trade(tx, track(2, "1", event="Order Completed", order_id="o", products="many"))
        trade(tx, track(3, "1", event="Product Added", cart_id=["?"], product_id={"a": 1}))
        assert carts(tx) == [("c", "ordered", 0, ["x×1"])]


def test_the_shop_right_now(database: Database) -> None:
    with database.transaction() as tx:
        trade(tx, *LIVES[:1], track(5, "2", event="Product Added", cart_id="c", **HAT))
        trade(tx, track(-2000, "3", event="Order Completed", order_id="old", revenue=7.5))
        shop = commerce.live(tx, WORKSPACE, moment(-60))
    assert (shop.orders.total, shop.orders.today, shop.orders.revenue.amount) == (2, 1, "57.50")
    assert (shop.orders.revenue_today.amount, shop.carts.open, shop.carts.value.amount) == ("50.00", 1, "12.50")
    assert shop.products == 2
