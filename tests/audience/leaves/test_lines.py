"""Conditions on lines of orders, against a naive look at every order: bought X, never Y, shares and sums by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from random import Random
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.audience.leaves.frames import Told, ago, ask

ORDER = "Order Completed"
Line = Mapping[str, Any]
Order = tuple[float, Sequence[Line]]


def where(name: str, value: Any, op: str = "equals") -> dict[str, Any]:
    return {"property": f"products.{name}", "op": op, "value": value}


def count(orders: Sequence[Order], fits: Callable[[Line], bool]) -> int:
    """Orders with a line that fits."""
    return sum(any(fits(line) for line in lines) for _, lines in orders)


def amount(orders: Sequence[Order], fits: Callable[[Line], bool] = lambda _line: True) -> Decimal | None:
    """What the lines that fit come to; None where none of them says a price."""
    fitting = [line for _, lines in orders for line in lines if fits(line) and line.get("price") is not None]
    return (
        sum((Decimal(line["price"]) * int(line.get("quantity") or 1) for line in fitting), Decimal())
        if fitting
        else None
    )


def share(orders: Sequence[Order], fits: Callable[[Line], bool]) -> float | None:
    return count(orders, fits) * 100 / len(orders) if orders else None


def least(value: Any, bound: Any) -> bool:
    return value is not None and value >= bound


def brand(name: str) -> Callable[[Line], bool]:
    return lambda line: line.get("brand") == name


def shoes(line: Line) -> bool:
    return line.get("category") == "shoes"


CASES: dict[str, tuple[dict[str, Any], Callable[[Sequence[Order]], bool]]] = {
    "bought X": ({"event": ORDER, "where": [where("brand", "X")]}, lambda orders: count(orders, brand("X")) > 0),
    "never Y": (
        {"not": {"event": ORDER, "where": [where("brand", "Y")]}},
        lambda orders: count(orders, brand("Y")) == 0,
    ),
    "X, never Y": (
        {
            "all": [
                {"event": ORDER, "where": [where("brand", "X")]},
                {"not": {"event": ORDER, "where": [where("brand", "Y")]}},
            ]
        },
        lambda orders: count(orders, brand("X")) > 0 and count(orders, brand("Y")) == 0,
    ),
    "an order counts once": (
        {"event": ORDER, "where": [where("brand", "X")], "op": "exactly", "value": 2},
        lambda orders: count(orders, brand("X")) == 2,
    ),
    "both on one line": (
        {"event": ORDER, "where": [where("brand", "X"), where("category", "shoes")]},
        lambda orders: count(orders, lambda line: brand("X")(line) and shoes(line)) > 0,
    ),
    "not all X": (
        {"event": ORDER, "where": [where("brand", "X", "not_equals")]},
        lambda orders: count(orders, lambda line: line.get("brand") not in (None, "X")) > 0,
    ),
    "a line without a brand, or no line": (
        {"event": ORDER, "where": [{"property": "products.brand", "op": "missing"}], "value": 2},
        lambda orders: sum(not lines or any(line.get("brand") is None for line in lines) for _, lines in orders) >= 2,
    ),
    "most orders are shoes": (
        {
            "event": ORDER,
            "measure": {"share": {"where": [where("category", "shoes")]}},
            "op": "at_least",
            "value": 60,
        },
        lambda orders: least(share(orders, shoes), 60),
    ),
    "most of the money is shoes": (
        {
            "event": ORDER,
            "measure": {"share": {"of": "products.amount", "where": [where("category", "shoes")]}},
            "op": "at_least",
            "value": 50,
        },
        lambda orders: bool(amount(orders)) and (amount(orders, shoes) or 0) * 2 >= (amount(orders) or 0),
    ),
    "much on shoes": (
        {
            "event": ORDER,
            "where": [where("category", "shoes")],
            "measure": {"sum": "products.amount"},
            "op": "at_least",
            "value": 25.5,
        },
        lambda orders: least(amount(orders, shoes), Decimal("25.5")),
    ),
    "two brands": (
        {"event": ORDER, "measure": {"distinct": "products.brand"}, "op": "at_least", "value": 2},
        lambda orders: len({line["brand"] for _, lines in orders for line in lines if line.get("brand")}) >= 2,
    ),
    "X within two days": (
        {"event": ORDER, "where": [where("brand", "X")], "within": "2d"},
        lambda orders: count([one for one in orders if one[0] <= 2], brand("X")) > 0,
    ),
}


def crowd(seed: int, people: int = 40) -> dict[int, list[Order]]:
    chance = Random(seed)

    def line() -> Line:
        return {
            "brand": chance.choice(["X", "Y", "Z", None]),
            "category": chance.choice(["shoes", "hats", None]),
            "price": chance.choice(["5.10", "0.2", "20", None]),
            "quantity": chance.choice([1, 2, None]),
        }

    def order() -> Order:
        return chance.randint(0, 5), [line() for _ in range(chance.randint(0, 3))]

    return {one: [order() for _ in range(chance.randint(0, 4))] for one in range(people)}


@settings(max_examples=25)
@given(st.integers(0, 10**9))
@pytest.mark.parametrize("name", CASES)
def test_it_agrees_with_a_naive_look(name, seed):
    document, naive = CASES[name]
    told = crowd(seed)
    history: list[Told] = [
        (one, ORDER, ago(days=days), {"products": lines}) for one, orders in told.items() for days, lines in orders
    ]
    answers = ask({"it": document}, history, subjects=list(told))
    got = dict(answers.select("subject", pl.col("it")).iter_rows())
    wrong = {one: orders for one, orders in told.items() if got[one] is not naive(orders)}
    assert not wrong
