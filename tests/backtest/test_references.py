"""What a journey names and nobody has made: each is said before the launch, with its place."""

from __future__ import annotations

import pytest

from tests.backtest.test_check import CART, HOUR, codes, found
from tests.engine.shop import START, TEMPLATE

GOLD = {"op": "equals", "value": "gold"}
SAY = {"send": {"channel": "email", "template": "hello"}}
CALL = {"url": "https://crm.example.com", "headers": {"key": {"secret": "crm"}}}


@pytest.fixture
def shop(lived):
    lived.define(TEMPLATE, {**CART, "key": "cart-two", "entry": {"api": True}})
    lived.define({"kind": "segment", "key": "vip", "when": {"trait": "vip", "op": "is_true"}})
    lived.say(START, {"type": "identify", "userId": "anna", "traits": {"birthday": "1990-02-01"}})
    lived.say(START + HOUR, {"userId": "anna", "event": "Product Added", "properties": {"cart_id": "c1"}})
    return lived


@pytest.mark.parametrize(
    ("code", "step"),
    [
        ("journey_missing", {"start": "cart-too"}),
        ("pool_missing", {"promo": {"pool": "summer"}}),
        ("list_missing", {"list": {"add": "vip"}}),
        ("connector_missing", {"audience": {"add_to": "big", "connector": "ads"}}),
        ("secret_missing", {"webhook": CALL}),
        ("channel_unknown", {"send": {"channel": "pigeon", "template": "hello"}}),
        ("fact_unknown", {"branch": [{"when": {"run": "steps.crm.level", **GOLD}, "do": [SAY]}]}),
        ("not_carried", {"branch": [{"when": {"entry": "properties.level", **GOLD}, "do": [SAY]}]}),
        ("not_carried", {"wait": {"event": "Order Completed", "same": "order_id", "timeout": "1d"}}),
        ("no_goal", {"bandit": [{"do": [SAY]}, {"do": []}], "reward": "goal", "within": "1d"}),
        ("repeats_at_once", {"repeat": {"times": 3, "do": [SAY]}}),
    ],
)
def test_what_a_step_names_and_nobody_has_made(shop, code, step):
    assert (code, "steps[0]") in codes(shop, {**CART, "steps": [step, SAY]})


def test_nothing_is_said_of_what_is_there(shop):
    shop.define({"kind": "segment", "key": "hand", "list": True})
    steps = [
        {"id": "crm", "wait": {"event": "Product Added", "same": "cart_id", "timeout": "1d"}},
        {"branch": [{"when": {"run": "steps.crm.properties.level", **GOLD}, "do": [{"start": "cart-two"}]}]},
        {"repeat": {"times": 2, "do": [SAY, {"wait": "1h"}]}},
        {"list": {"add": "hand"}},
        {"wait": {"date": "birthday"}},
        {"emit": {"event": "Never Heard Of"}},
        {"send": {"channel": "email", "template": "hello", "else": ["pigeon"]}},
    ]
    told = found(shop, {**CART, "correlate": "cart_id", "steps": steps})
    assert [(one.weight, one.code) for one in told.todos if one.code not in ("volume", "reach")] == [
        ("should", "channel_unknown")
    ]


def test_what_the_entry_names(shop):
    mistaken = {**CART, "entry": {"message": "clicked", "journey": "cart-tow", "template": "hello"}}
    (one,) = (one for one in found(shop, mistaken).todos if one.path == "entry.journey")
    assert "Did you mean “cart-two”?" in one.words["en"]
    assert ("unknown_name", "entry.date") in codes(shop, {**CART, "entry": {"date": "birthdya"}})
    assert ("not_carried", "correlate") in codes(shop, {**CART, "correlate": "basket"})


def test_a_standard_name_that_nobody_sent_is_like_no_other(shop):
    (one,) = (one for one in found(shop, {**CART, "exit_when": {"event": "Order Completed"}}).todos
              if one.path == "exit_when.event")  # fmt: skip
    assert "Known:" not in one.words["en"]
