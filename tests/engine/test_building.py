"""The thread beside the tick: a segment that is saved is built by itself, here or in a process of its own."""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec
import pytest

from hourglass.engine import Building
from hourglass.lake import flush
from hourglass.postgres import Database
from tests.engine.shop import Shop
from tests.waiting import until


@pytest.mark.parametrize("small", [2**20, 0], ids=["here", "elsewhere"])
def test_a_saved_segment_is_built_at_once(database: Database, data: Path, small: int) -> None:
    shop = Shop(database)
    shop.settings = msgspec.structs.replace(shop.settings, data=data)
    shop.send({"userId": "ann", "event": "Order Completed"}, {"userId": "bob", "event": "Product Viewed"})
    shop.tick()
    flush(database, data, shop.clock.now())
    stop = threading.Event()
    building = Building(database, shop.clock, data, small=small)
    thread = threading.Thread(target=building.run, args=(stop,))
    thread.start()
    try:
        shop.define({"kind": "segment", "key": "buyers", "when": {"event": "Order Completed"}})
        until(lambda: shop.members("buyers") == {"ann"}, seconds=60)
    finally:
        stop.set()
        thread.join()
        shop.worker.close()
