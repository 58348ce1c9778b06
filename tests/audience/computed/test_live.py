"""Live segments follow computed traits: who is in them changes with the run, within one tick."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from hourglass.audience.computed import compute
from hourglass.postgres import Database, find_workspace
from tests.engine.shop import Shop


def order(who: str, number: int) -> dict[str, Any]:
    bought = {"order_id": f"{who}-{number}", "revenue": 10 * number, "currency": "EUR"}
    return {"userId": who, "event": "Order Completed", "properties": bought}


def test_who_bought_again_is_in_the_segment_after_the_run(database: Database, data: Path) -> None:
    shop = Shop(database)
    shop.settings = msgspec.structs.replace(shop.settings, data=data)
    shop.define({"kind": "segment", "key": "again", "when": {"trait": "rfm.frequency", "op": "at_least", "value": 2}})
    shop.send(order("ann", 1), order("ann", 2), order("bob", 1))
    shop.tick()
    assert shop.members("again") == set()
    with database.transaction() as tx:
        workspace = find_workspace(tx)
    compute(database, data, workspace, shop.clock.now())
    shop.tick()
    assert shop.members("again") == {"ann"}
