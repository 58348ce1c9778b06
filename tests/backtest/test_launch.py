"""Saving a live journey checks it: warnings with their places, refusals only where the installation is strict."""

from __future__ import annotations

from datetime import timedelta

import pytest
import yaml

from hourglass.app.kinds import KINDS
from hourglass.definitions import apply_folder
from hourglass.kernel import Malformed
from tests.backtest.test_check import CART, HOUR
from tests.engine.shop import SHOP, START, TEMPLATE


def warnings(lived, document):
    with lived.database.transaction() as tx:
        return {one.path: one.message for one in KINDS.doubts(tx, SHOP, document)}


def test_the_to_do_list_comes_with_the_saving(lived):
    told = warnings(lived, {**CART, "goal": {"segment": "vip"}})
    assert told["steps[1]"] == "There is no live template “hello”: make it before the launch."
    assert "No event “Product Added” has ever come" in told["entry.event"]
    assert "segment “vip”" in told[""]


def test_what_is_only_a_draft_is_not_checked(lived):
    assert warnings(lived, {**CART, "state": "draft"}) == {}


def test_how_many_to_expect_and_who_stands_at_the_same_door(lived):
    lived.define(TEMPLATE, {**CART, "key": "other", "name": "The other"})
    for day in range(5):
        lived.say(START + timedelta(days=day), *({"userId": f"u{n}", "event": "Product Added"} for n in range(8)))
    lived.say(START + timedelta(days=4) + HOUR, {"userId": "u1", "event": "Signed Up"})
    with lived.database.transaction() as tx:
        told = [one.message for one in KINDS.doubts(tx, SHOP, CART)]
    assert "Lately “Product Added” comes about 10 times a day: expect no more entries than that." in told
    assert any("The same entry as “The other”" in one for one in told)


def test_a_topic_that_nobody_can_choose(lived):
    lived.define({"kind": "topic", "key": "offers", "name": "Offers"})
    assert "not among those that people can choose: offers" in warnings(lived, {**CART, "topic": "ofers"})["topic"]


def test_a_strict_installation_refuses_what_cannot_work(lived, tmp_path):
    (tmp_path / "cart.yaml").write_text(yaml.safe_dump(CART))
    with pytest.raises(Malformed, match="cart cannot go live yet"), lived.database.transaction() as tx:
        apply_folder(tx, SHOP, tmp_path, KINDS, "anna", START, strict=True)
    lived.say(START, {"userId": "anna", "event": "Product Added"})
    (tmp_path / "hello.yaml").write_text(yaml.safe_dump(TEMPLATE))
    with lived.database.transaction() as tx:
        changes = apply_folder(tx, SHOP, tmp_path, KINDS, "anna", START, strict=True)
    assert {one.key for one in changes} == {"cart", "hello"}
