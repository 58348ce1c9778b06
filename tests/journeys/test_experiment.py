"""A journey that splits people and keeps some out, from its ticks to its results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from hourglass.experiments import ExperimentResults, all_sources, results
from hourglass.postgres import Database, find_workspace
from tests.engine.shop import SHOP, Shop

CART: dict[str, Any] = {
    "kind": "journey", "key": "cart", "state": "live", "entry": {"event": "Product Added"}, "control": "25%",
    "steps": [{"wait": "1h"},
              {"split": [{"arm": "short", "weight": 3, "do": []}, {"weight": 1, "do": [{"wait": "1h"}]}]}],
}  # fmt: skip


@pytest.fixture
def shop(database: Database) -> Iterator[Shop]:
    made = Shop(database)
    yield made
    made.worker.close()


def found(shop: Shop, **more: Any) -> ExperimentResults:
    with shop.database.transaction() as tx:
        return results(tx, find_workspace(tx), "journey", "cart", shop.clock.now(), **more)


def test_what_the_ticks_noted_is_what_the_results_count(shop: Shop) -> None:
    shop.define(CART)
    shop.send(*({"event": "Product Added", "userId": f"u{n}", "properties": {}} for n in range(120)))
    shop.tick()
    shop.tick(timedelta(hours=2))
    shop.send(*({"event": "Order Completed", "userId": f"u{n}", "properties": {"order_id": f"o{n}", "revenue": 10}}
                for n in range(120)))  # fmt: skip
    shop.tick(timedelta(days=20))
    with shop.database.transaction() as tx:
        listed = [(one.key, one.step, dict(one.weights)) for one in all_sources(tx, SHOP)]
    assert listed == [
        ("cart", None, {"control": 25, "treated": 75}),
        ("cart", "steps[1]", {"short": 3, "2": 1}),
    ]
    kept, split = found(shop), found(shop, step="steps[1]")
    people = {arm.arm: arm.people for arm in (*kept.arms, *split.arms)}
    assert people["control"] + people["treated"] == 120
    assert people["short"] + people["2"] == people["treated"]
    assert all(amount > 0 for amount in people.values())
    assert not kept.ratio.mismatch
    assert not split.ratio.mismatch
    assert sum(arm.orders for arm in kept.arms) == 120
    assert kept.verdict.code == "too_early"
