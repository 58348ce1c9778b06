"""A backtest of a period is what the live journey did in it: the same entries, steps and messages at their moments."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from hourglass.definitions import find
from tests.engine.shop import SHOP, START, TEMPLATE
from tests.lived import story

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LOYAL = {"kind": "segment", "key": "loyal", "when": {"event": "Order Completed", "within": "6d"}}
POLICY = {
    "kind": "policy",
    "key": "default",
    "caps": [{"messages": 2, "within": "3d"}],
    "quiet": {"email": {"from": "22:00", "until": "07:00"}},
}
WELCOME = {
    "kind": "journey",
    "key": "welcome",
    "entry": {"event": "Signed Up"},
    "steps": [{"send": {"channel": "email", "template": "hello"}}],
}
CART = {
    "kind": "journey",
    "key": "cart",
    "entry": {"event": "Product Added", "where": [{"property": "price", "op": "at_least", "value": 3}]},
    "correlate": "cart_id",
    "reentry": {"after": "1d"},
    "exit_when": {"event": "Order Completed"},
    "goal": {"event": "Order Completed"},
    "steps": [
        {"wait": "1h", "jitter": "20m"},
        {
            "branch": [
                {"when": {"trait": "vip", "op": "is_true"}, "do": [{"exit": "vip"}]},
                {"when": {"segment": "loyal"}, "do": [{"wait": "3h"}]},
                {"else": [{"send": {"channel": "email", "template": "hello"}}, {"wait": "12h"}]},
            ]
        },
        {"send": {"channel": "email", "template": "hello"}},
    ],
}


def a_life(lived, chance, start, stop):
    """Visitors come, sign up, fill carts, order, are called vip and not, use each other's devices, withdraw consent."""
    at = start
    while (at := at + HOUR * chance.expovariate(0.7)) < stop:
        user, device = f"u{chance.randrange(5)}", f"d{chance.randrange(7)}"
        mail = {"email": f"{user}@example.com"}
        who = chance.choice([{"userId": user}, {"anonymousId": device}, {"userId": user, "anonymousId": device}])
        added = {"cart_id": f"c{chance.randrange(4)}", "price": chance.randrange(8)}
        call = chance.choice(
            [
                {"type": "identify", **who, "userId": user, "traits": {**mail, "vip": chance.random() < 0.3}},
                {
                    **who,
                    "userId": user,
                    "event": "Consent Granted",
                    "properties": {"channel": "email", "topic": "news"},
                },
                {**who, "userId": user, "event": "Signed Up"},
                *[{**who, "event": "Product Added", "properties": added}] * 4,
                {**who, "event": "Order Completed", "properties": {"order_id": f"o{at}", "revenue": 9}},
                {**who, "event": "Consent Withdrawn", "properties": {"channel": "email", "topic": "news"}},
                {"type": "page", **who, "properties": {"path": "/"}},
            ]
        )
        lived.say(at, call)


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 12))])
def test_a_backtest_tells_what_life_did(lived, seed):
    chance = Random(seed)
    lived.define(TEMPLATE, LOYAL, POLICY, WELCOME)
    a_life(lived, chance, START, START + 2 * DAY)
    start, stop = START + 2 * DAY, START + 5 * DAY
    lived.live_until(start)
    lived.define(CART)
    a_life(lived, chance, start, stop)
    lived.live_until(stop - timedelta(microseconds=1))
    with lived.database.transaction() as tx:
        lived_through = story(tx, find(tx, SHOP, "journey", "cart").id, start)
    a_life(lived, chance, stop, stop + DAY)  # what came later must not shine through

    told = []
    found = lived.backtest(CART, start, stop, also=lambda tx, draft: told.extend(story(tx, draft.id, start)))

    assert told == lived_through
    kinds = {(row[1], row[4]) for row in told}
    assert {("message", "sent"), ("message", "withheld"), ("run", "exited"), ("run", "finished")} <= kinds
    assert found.flow.sent == sum(row[1] == "message" and row[4] == "sent" for row in told)


def test_a_coarse_clock_finds_the_same_people(lived):
    """What is due waits for the end of its grain; who entered and what was sent stays."""
    lived.define(TEMPLATE, LOYAL, POLICY, WELCOME)
    a_life(lived, Random(3), START, START + 2 * DAY)
    exact, coarse = (lived.backtest(CART, START, START + 2 * DAY, grain=grain) for grain in (DAY * 0, HOUR / 6))
    assert coarse.ticks < exact.ticks
    assert any("the same 10 min" in note["en"] for note in coarse.notes)
    assert (coarse.flow.entered, coarse.flow.people) == (exact.flow.entered, exact.flow.people)
    assert coarse.flow.waiting <= exact.flow.waiting
