"""A backtest finds what life did, whatever let people in, and whatever steps they went through."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from hourglass.definitions import find
from hourglass.journeys import Guest, Invitation, enter
from hourglass.postgres import find_workspace
from tests.engine.shop import SHOP, START, TEMPLATE
from tests.lived import Lived, story

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOYAL = {"kind": "segment", "key": "loyal", "when": {"event": "Order Completed", "within": "20h"}}
SEND = {"send": {"channel": "email", "template": "hello"}}
EVENING = [{"wait": {"until": "20:00"}}]
DOORS: dict[str, dict[str, Any]] = {
    "came": {"entry": {"segment": "loyal"}, "steps": [{"wait": "2h"}, SEND]},
    "went": {"entry": {"segment": "loyal", "on": "left"}, "steps": [SEND]},
    "stood": {"entry": {"segment": "loyal", "existing": True}, "steps": [{"wait": "1h"}, SEND]},
    "daily": {"entry": {"schedule": {"every": "day", "at": "18:00"}, "segment": "loyal"}, "steps": [SEND]},
    "visit": {"entry": {"date": "visit", "offset": "-1d", "at": "10:00"}, "steps": [SEND, {"wait": "3h"}]},
    "cheaper": {
        "entry": {"product": "price_drop", "by": "10%", "interested": {"viewed": "3d"}},
        "reentry": "parallel",
        "steps": [SEND],
    },
    "back": {"entry": {"product": "back_in_stock", "interested": {"viewed": "3d"}}, "steps": [SEND]},
    "called": {"entry": {"api": True}, "exit_when": {"event": "Order Completed"}, "steps": [{"wait": "5h"}, SEND]},
    "viewed": {
        "entry": {"event": "Product Viewed"},
        "correlate": "product_id",
        "goal": {"when": {"event": "Order Completed"}, "leave": False},
        "steps": [
            {"id": "lot", "split": [{"weight": 1, "do": [{"wait": "1h"}]}, {"weight": 1, "do": EVENING}]},
            {"wait": {"event": "Product Added", "timeout": "9h", "then": [{"exit": "added"}]}},
            {"repeat": {"times": 2, "do": [SEND, {"wait": "4h"}]}},
        ],
    },
    "gathered": {
        "entry": {"event": "Product Viewed"},
        "steps": [
            {"id": "looked", "digest": {"collect": "Product Viewed", "for": "6h", "limit": 3}},
            {"branch": [{"when": {"segment": "loyal"}, "do": [SEND]}, {"else": [{"exit": "not_loyal"}]}]},
        ],
    },
}  # fmt: skip


def documents() -> list[dict[str, Any]]:
    return [{"kind": "journey", "key": key, **body} for key, body in DOORS.items()]


def a_life(lived: Lived, chance: Random, start: Any, stop: Any) -> None:
    """People look, add, order, say when they come; prices fall and rise, products are sold out and come back."""
    at = start
    while (at := at + HOUR * chance.expovariate(0.6)) < stop:
        who, thing = {"userId": f"u{chance.randrange(5)}"}, f"p{chance.randrange(3)}"
        there = {"availability": chance.choice(["in stock", "out of stock"])}
        visit = (at + DAY * chance.randrange(1, 4)).date().isoformat()
        told = {"product_id": thing, "name": thing, "price": chance.choice([10, 14, 20])}
        call = chance.choice(
            [
                {"type": "identify", **who, "traits": {"email": f"{who['userId']}@example.com", "visit": visit}},
                {**who, "event": "Consent Granted", "properties": {"channel": "email", "topic": "news"}},
                *[{**who, "event": "Product Viewed", "properties": {"product_id": thing}}] * 3,
                {**who, "event": "Product Added", "properties": {"product_id": thing, "cart_id": "c"}},
                {**who, "event": "Order Completed", "properties": {"order_id": f"o{at}", "revenue": 9}},
                *[{"anonymousId": "feed", "event": "Product Updated", "properties": {**told, **there}}] * 2,
            ]
        )
        lived.say(at, call)


def test_every_way_in_is_found_again(lived: Lived) -> None:
    chance = Random(5)
    lived.define(TEMPLATE, LOYAL)
    start, stop = START + 2 * DAY, START + 4 * DAY
    a_life(lived, chance, START, start)
    lived.live_until(start)
    lived.define(*documents())
    lived.work()
    a_life(lived, chance, start, start + DAY)
    with lived.database.transaction() as tx:
        guests = [Guest(user_id=f"u{n}") for n in range(3)]
        enter(tx, find_workspace(tx, SHOP), "called", Invitation(people=guests), lived.clock.now())
    a_life(lived, chance, start + DAY, stop)
    lived.live_until(stop - timedelta(microseconds=1))
    with lived.database.transaction() as tx:
        real = {key: story(tx, find(tx, SHOP, "journey", key).id, start) for key in DOORS}
    a_life(lived, chance, stop, stop + DAY)  # what came later must not shine through
    nobody = [key for key, rows in real.items() if not any(row[1] == "run" for row in rows)]
    assert not nobody
    for draft in documents():
        told: list[Any] = []
        lived.backtest(draft, start, stop, also=lambda tx, found, told=told: told.extend(story(tx, found.id, start)))
        assert told == real[draft["key"]], draft["key"]


@pytest.mark.parametrize("key", ["cheaper", "daily"])
def test_a_journey_that_never_was_live_lets_people_in_as_well(lived: Lived, key: str) -> None:
    lived.define(TEMPLATE, LOYAL)
    a_life(lived, Random(8), START, START + 2 * DAY)
    draft = next(one for one in documents() if one["key"] == key)
    assert lived.backtest(draft, START + DAY, START + 2 * DAY).flow.entered
