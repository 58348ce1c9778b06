"""Clusters find groups that are there, keep their numbers, and say what they are like."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from hourglass.audience.computed.centres import FEATURES
from hourglass.audience.computed.clusters import learn
from hourglass.audience.computed.family import Skipped

GROUPS = {  # recency, orders, average order, pieces, categories
    "rare": (200, 1, 2_000, 2, 1),
    "often": (5, 30, 2_000, 4, 3),
    "large": (60, 3, 90_000, 200, 12),
}


def customers(seed: int, each: int = 60) -> pl.DataFrame:
    """Three groups of customers, scattered."""
    chance = np.random.default_rng(seed)
    rows = [
        (number, kind, *(centre * np.exp(chance.normal(0, 0.15, 5))), "Gifts" if kind == "often" else "Tea")
        for number, (kind, centre) in enumerate((kind, np.array(GROUPS[kind])) for kind in GROUPS for _ in range(each))
    ]
    return pl.DataFrame(rows, schema=["profile_id", "kind", *FEATURES, "category"], orient="row")


def test_groups_are_found_and_described() -> None:
    table = customers(1)
    learned = learn(table, [])
    found = table.join(learned.table, on="profile_id").select("kind", "number").unique()
    assert (found.height, found["number"].n_unique()) == (3, 3)
    number = dict(found.iter_rows())
    words = {one["number"]: one["words"] for one in learned.memory}
    assert words[number["often"]]["en"] == "buys often, small baskets, few pieces, bought lately, mostly Gifts"
    assert words[number["large"]]["ru"].startswith("большие корзины, много штук сразу")


def test_the_next_run_keeps_the_numbers() -> None:
    first = learn(customers(1), [])
    shuffled = [{**one, "number": one["number"] + 40} for one in first.memory]
    again = learn(customers(2), shuffled)
    before, after = dict(first.table.iter_rows()), dict(again.table.iter_rows())
    assert {after[person] - 40 for person in after} == {1, 2, 3}
    assert all(after[person] == before[person] + 40 for person in before)


def test_a_new_group_gets_a_new_number() -> None:
    former = [{**one, "centre": [x + 9 for x in one["centre"]]} for one in learn(customers(1), []).memory]
    assert set(learn(customers(2), former).table["number"]) == {4, 5, 6}


def test_few_customers_are_no_clusters() -> None:
    with pytest.raises(Skipped, match="50 customers"):
        learn(customers(1, each=10), [])
