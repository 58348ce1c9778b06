"""What is in stock, as events tell it."""

from __future__ import annotations

from typing import Any

import pytest

from hourglass.postgres import Database, Transaction
from tests.commerce.test_shop import trade
from tests.profiles.calls import moment, track


def shelf(tx: Transaction) -> tuple[Any, ...]:
    [row] = tx.execute("SELECT stock, available, restocked_at, price FROM products WHERE id = 'hat'").fetchall()
    return row


def told(at: int, **properties: Any) -> Any:
    return track(at, "1", event="Product Updated", product_id="hat", **properties)


@pytest.mark.parametrize(
    ("properties", "stock", "available"),
    [
        ({"stock": 3}, 3, True),
        ({"quantity": 0}, 0, False),
        ({"stock": "12"}, 12, True),
        ({"stock": -2}, 0, False),
        ({"stock": 5, "availability": "out of stock"}, 5, False),
        ({"availability": "https://schema.org/InStock"}, None, True),
        ({"availability": "preorder"}, None, None),
        ({"in_stock": False}, None, False),
        ({"stock": "many"}, None, None),
        ({"price": 10}, None, None),
    ],
)
def test_what_a_shop_says_about_stock(database: Database, properties, stock, available) -> None:
    with database.transaction() as tx:
        trade(tx, told(1, **properties))
        assert shelf(tx)[:2] == (stock, available)


@pytest.mark.parametrize(
    ("properties", "regions", "available"),
    [
        ({"regions": ["Astana", " almaty ", ""]}, ["almaty", "astana"], True),
        ({"regions": {"Almaty": 4, "Astana": 0, "Aktau": True}}, ["aktau", "almaty"], True),
        ({"regions": []}, [], False),
        ({"regions": ["Almaty"], "availability": "out of stock"}, ["almaty"], False),
        ({"regions": "Almaty", "stock": 1}, None, True),
    ],
)
def test_where_it_can_be_bought(database: Database, properties, regions, available) -> None:
    with database.transaction() as tx:
        trade(tx, told(1, **properties))
        assert tx.execute("SELECT regions, available FROM products").fetchall() == [(regions, available)]
        trade(tx, told(2, price=3))
        assert tx.execute("SELECT regions, available FROM products").fetchall() == [(regions, available)]


def test_a_quantity_that_somebody_took_is_no_stock(database: Database) -> None:
    with database.transaction() as tx:
        trade(tx, track(1, "1", event="Product Added", product_id="hat", quantity=2))
        assert shelf(tx)[:2] == (None, None)
        trade(tx, track(2, "1", event="Product Viewed", product_id="hat", availability="in stock"))
        assert shelf(tx)[:2] == (None, True)


@pytest.mark.parametrize("at_once", [True, False])
def test_it_comes_back_when_it_was_sold_out(database: Database, at_once) -> None:
    events = [told(1, stock=2), told(2, stock=0), told(3, stock=5), told(4, stock=4)]
    with database.transaction() as tx:
        for batch in [events] if at_once else [[one] for one in events]:
            trade(tx, *batch)
        assert shelf(tx)[:3] == (4, True, moment(3))


def test_a_word_that_comes_late_changes_nothing(database: Database) -> None:
    with database.transaction() as tx:
        trade(tx, told(100, stock=2))
        trade(tx, told(300, stock=2))
        trade(tx, told(200, stock=0))
        assert shelf(tx)[:3] == (2, True, None)


def test_the_price_of_the_catalogue_is_learned_too_and_changes_are_noted(database: Database) -> None:
    def noted() -> list[tuple[Any, ...]]:
        return tx.execute("DELETE FROM product_changes RETURNING workspace_id, product_id").fetchall()

    with database.transaction() as tx:
        trade(tx, told(1, price=10, stock=2))
        noted()
        trade(tx, told(2, price=10, stock=2, url="https://shop.example/hat"))
        assert noted() == []
        trade(tx, told(3, price=9, stock=2))
        assert (shelf(tx)[3], noted()) == (900, [(1, "hat")])
        trade(tx, told(4, price=9, stock=0), told(5, price=9, stock=0))
        assert noted() == [(1, "hat")]
