"""What a recipe has brought: what people did after it reached them, each order and event once."""

from __future__ import annotations

import pytest

from hourglass import recipes
from hourglass.kernel import NotFound
from hourglass.postgres import list_workspaces
from hourglass.recipes import RecipeMetric
from tests.engine.shop import Shop
from tests.recipes.story import Happening, Person, Story
from tests.recipes.week import Week, brought


def played(shop: Shop, key: str, *events: Happening) -> Week:
    people = {name: Person() for name in ("anna", "boris", "vera")}
    week = Week(shop, key, Story(people=people, events=list(events), messages=[], silence=[]))
    week.play()
    return week


def added(at: str, who: str, cart: str) -> Happening:
    return Happening(at, who, "Product Added", {"cart_id": cart, "product_id": "mug"})


def ordered(at: str, who: str, order: str, revenue: float) -> Happening:
    return Happening(at, who, "Order Completed", {"order_id": order, "revenue": revenue})


def points(at: str, who: str, event: str, amount: float) -> Happening:
    return Happening(at, who, event, {"amount": amount, "balance": 200})


def test_orders_count_after_the_first_letter_and_for_a_while_and_net_of_refunds(shop: Shop) -> None:
    week = played(
        shop, "abandoned-cart",
        added("day 1 10:00", "anna", "c1"), added("day 1 10:01", "anna", "c2"), added("day 1 10:00", "boris", "c3"),
        added("day 1 10:00", "vera", "c4"),
        ordered("day 1 10:10", "vera", "before any letter", 500),
        ordered("day 1 18:00", "anna", "a1", 30.5), ordered("day 2 18:00", "anna", "a2", 20),
        Happening("day 3 18:00", "anna", "Order Refunded", {"order_id": "a2", "refunded": 20}),
        ordered("day 9 18:00", "boris", "too late", 70),
    )  # fmt: skip
    told = brought(week)
    assert (told.reached, [one.key for one in told.journeys]) == (2, ["abandoned-cart"])
    assert [(one.people, one.times, one.amount) for one in told.metrics] == [(1, 1, 30.5)]


def test_events_count_with_the_sum_of_their_property(shop: Shop) -> None:
    week = played(
        shop, "points-available",
        points("day 1 10:00", "anna", "Points Available", 10), points("day 1 10:00", "boris", "Points Available", 10),
        points("day 2 10:00", "anna", "Points Spent", 50), points("day 3 10:00", "anna", "Points Spent", 25.5),
        points("day 3 10:00", "vera", "Points Spent", 99),
    )  # fmt: skip
    spent = brought(week).metrics[0]
    assert isinstance(spent, RecipeMetric)
    assert (spent.people, spent.times, spent.amount) == (1, 2, 75.5)


def test_a_recipe_that_was_not_added_has_no_report(shop: Shop) -> None:
    with shop.database.transaction() as tx, pytest.raises(NotFound, match="recipes add welcome"):
        recipes.report(tx, list_workspaces(tx)[0], "welcome")
