"""Journeys put people on lists and take them off, on real ticks."""

from __future__ import annotations

from datetime import timedelta

from tests.journeys.effects.asking import journey, notes, viewed

VIPS = {"kind": "segment", "key": "vips", "list": True}
FAMOUS = {"kind": "segment", "key": "famous", "when": {"segment": "vips"}}
ADD, REMOVE = {"list": {"add": "vips"}}, {"list": {"remove": "vips"}}


def test_people_come_onto_a_list_and_leave_it_and_other_segments_follow(shop):
    shop.define(VIPS, FAMOUS, journey(ADD), journey(REMOVE, key="bye", event="Order Cancelled"))
    shop.send(viewed(), viewed("boris"))
    shop.tick()
    assert shop.members("vips") == shop.members("famous") == {"anna", "boris"}
    shop.send({"userId": "anna", "event": "Order Cancelled", "properties": {"order_id": "o1"}})
    shop.tick(timedelta(hours=1))
    assert shop.members("vips") == shop.members("famous") == {"boris"}
    assert shop.rows("SELECT count(*) FROM list_identities") == [(1,)]


def test_of_two_words_about_a_list_at_once_the_later_counts(shop):
    shop.define(VIPS, journey(REMOVE, ADD, key="a"), journey(ADD, REMOVE, key="b", event="Order Cancelled"))
    shop.send(viewed(), {"userId": "boris", "event": "Order Cancelled", "properties": {"order_id": "o1"}})
    shop.tick()
    assert shop.members("vips") == {"anna"}


def test_a_list_that_is_not_there_is_said_and_the_run_goes_on(shop):
    shop.define(journey({"list": {"add": "nowhere"}}, {"exit": "done"}))
    shop.send(viewed())
    shop.tick()
    assert notes(shop) == [("steps[0]", "not_done", "no_such_list")]
    assert shop.runs() == [("thanks", "exited", "done", "")]


def test_who_was_put_on_a_list_by_another_identifier_comes_off(shop):
    shop.define(VIPS, journey(REMOVE, key="bye", event="Order Cancelled"), journey(ADD))
    shop.send({"anonymousId": "device", "event": "Product Viewed", "properties": {"product_id": "tea"}})
    shop.tick()
    shop.send({"type": "identify", "userId": "anna", "anonymousId": "device", "traits": {}})
    shop.tick()
    assert shop.members("vips") == {"anna"}
    shop.send({"userId": "anna", "event": "Order Cancelled", "properties": {"order_id": "o1"}})
    shop.tick(timedelta(hours=1))
    assert shop.members("vips") == set()
