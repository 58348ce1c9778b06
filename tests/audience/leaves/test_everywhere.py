"""What the ticks say of these conditions, a rebuild from the lake says too."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from hourglass.lake import flush
from hourglass.postgres import Database
from tests.audience.build.test_agreement import rebuilt
from tests.audience.leaves.living import did, person, segments
from tests.engine.shop import Shop

CONDITIONS: dict[str, Any] = {
    "chain": {
        "sequence": [
            {"event": "Product Viewed"},
            {"not": {"event": "Order Completed"}},
            {"event": "Product Added", "gap": "6h"},
            {"not": {"event": "Order Completed"}, "for": "3h"},
        ],
        "within": "2d",
    },
    "lines": {
        "sequence": [
            {"event": "Product Viewed"},
            {"event": "Order Completed", "where": [{"property": "products.category", "value": "hats"}]},
        ]
    },
    "awake": {"messages": {"last": 2, "channel": "email"}, "did": "opened", "within": "1d"},
    "asleep": {"messages": {"last": 3}, "did": "opened", "op": "exactly", "value": 0},
    "half": {"messages": {}, "did": "opened", "unit": "percent", "op": "at_least", "value": 50},
    "hats": {"product": "last_viewed", "fact": "category", "value": "hats", "within": "1d"},
    "bought": {"product": "last_bought", "fact": "category", "value": "hats"},
    "reached": {"reachable": "email", "topic": "news"},
    "phone": {"identified": "phone"},
    "third": {"sample": {"percent": 33, "salt": "a"}},
}
CATEGORIES = {"p0": "hats", "p1": "tea"}


def life(chance: Random) -> list[dict[str, Any]]:
    """A few things that happen in an hour."""

    def product() -> dict[str, Any]:
        product_id = chance.choice(list(CATEGORIES))
        return {"product_id": product_id, "category": CATEGORIES[product_id], "price": chance.randint(1, 9)}

    def one() -> dict[str, Any]:
        user = f"u{chance.randint(0, 5)}"
        number = int(user[1]) * 10 + chance.randint(0, 3)
        return chance.choice(
            [
                did(user, "Product Viewed", **product()),
                did(user, "Product Added", **product()),
                did(user, "Order Completed", order_id=f"o{number}", revenue=5, products=[product(), product()]),
                did(user, "Message Sent", message_id=number, channel=chance.choice(["email", "sms"])),
                did(user, "Message Opened", message_id=number, by=chance.choice([None, "human", "proxy"])),
                did(user, "Message Clicked", message_id=number),
                person(user, email=f"{user}@shop.test.com", consents={"email": {"news": chance.random() < 0.5}}),
                person(user, phone="+7701123456" + user[1]),
            ]
        )

    return [one() for _ in range(chance.randint(0, 25))]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_lake_says_what_the_ticks_say(database: Database, data: Path, seed: int) -> None:
    chance = Random(seed)
    shop = Shop(database, tick_events=chance.choice((3, 5000)))
    shop.settings = msgspec.structs.replace(shop.settings, data=data)
    segments(shop, **CONDITIONS)
    seen: set[str] = set()
    for _ in range(8):
        shop.send(*life(chance))
        shop.tick(timedelta(hours=chance.choice((1, 5, 12))))
        if chance.random() < 0.5:
            flush(database, data, shop.clock.now())
        live = set(
            shop.rows("SELECT m.profile_id, d.key FROM segment_members m JOIN definitions d ON d.id = m.segment_id")
        )
        found, _ = rebuilt(shop)
        assert found == live
        seen |= {key for _, key in live}
    shop.worker.close()
    assert seen == CONDITIONS.keys()
