"""From an event to a message, to a segment and back: the tick on a real database."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from hourglass import profiles
from tests.engine.fragile import FragileDatabase
from tests.engine.shop import SHOP, TEMPLATE, Shop

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CART = {
    "kind": "journey",
    "key": "cart",
    "entry": {"event": "Product Added", "where": [{"property": "price", "op": "at_least", "value": 5}]},
    "correlate": "cart_id",
    "reentry": {"after": "7d"},
    "exit_when": {"event": "Order Completed"},
    "steps": [{"wait": "1h"}, {"send": {"channel": "email", "template": "hello"}}],
}


def added(user="anna", cart="c1", price=9.9):
    properties = {"cart_id": cart, "product_id": "tea", "price": price, "currency": "EUR"}
    return {"userId": user, "event": "Product Added", "properties": properties}


def ordered(user="anna", order="o1", revenue=20.0, **more):
    properties = {"order_id": order, "revenue": revenue, "currency": "EUR", **more}
    return {"userId": user, "event": "Order Completed", "properties": properties}


def test_a_cart_left_alone_brings_one_message_after_an_hour(shop):
    shop.define(TEMPLATE, CART)
    shop.send(added())
    shop.tick()
    assert shop.runs() == [("cart", "waiting", None, "c1")]
    shop.tick(HOUR - timedelta(seconds=1))
    assert shop.messages() == []
    shop.tick(timedelta(seconds=1))
    assert shop.messages() == [("hello", "queued", None)]
    assert shop.runs() == [("cart", "finished", None, "c1")]


def test_an_order_ends_the_run_and_nothing_is_said(shop):
    shop.define(TEMPLATE, CART)
    shop.send(added())
    shop.tick()
    shop.send(ordered())
    shop.tick(HOUR / 2)
    shop.tick(HOUR)
    assert shop.runs() == [("cart", "exited", "exit_condition", "c1")]
    assert shop.messages() == []


def test_an_order_in_the_same_batch_as_the_cart_ends_it_too(shop):
    shop.define(TEMPLATE, CART)
    shop.send(added(), ordered())
    shop.tick()
    assert shop.runs() == [("cart", "exited", "exit_condition", "c1")]


def test_an_order_before_the_cart_does_not(shop):
    shop.define(TEMPLATE, CART)
    shop.send(ordered(), added())
    shop.tick()
    assert shop.runs() == [("cart", "waiting", None, "c1")]


def test_time_passes_only_as_far_as_the_log_is_read(database):
    shop = Shop(database, tick_events=1)
    shop.define(TEMPLATE, CART)
    shop.send(added())
    shop.tick()
    shop.clock.advance(HOUR / 2)
    shop.send(added(user="boris", cart="c2"), ordered())
    shop.tick(HOUR / 2)
    assert shop.messages() == [], "the engine was away; the order stood in the log before the reminder fell due"
    shop.tick(HOUR)
    assert shop.messages() == [("hello", "queued", None)]
    assert shop.runs() == [("cart", "exited", "exit_condition", "c1"), ("cart", "finished", None, "c2")]
    shop.worker.close()


def test_an_order_takes_back_what_is_queued_and_not_sent(shop):
    shop.define(TEMPLATE, CART)
    shop.send(added())
    shop.tick()
    shop.tick(HOUR)
    shop.send(ordered())
    shop.tick()
    assert shop.messages() == [("hello", "withheld", "journey_exited")]
    assert shop.runs() == [("cart", "exited", "exit_condition", "c1")]


def test_each_cart_has_its_own_run_and_a_second_addition_starts_none(shop):
    shop.define(TEMPLATE, CART)
    shop.send(added(), added(), added(cart="c2"), added(user="boris", cart="c3"))
    shop.tick()
    assert sorted(run[3] for run in shop.runs()) == ["c1", "c2", "c3"]


def test_the_filter_of_the_entry_holds(shop):
    shop.define(TEMPLATE, CART)
    shop.send(added(price=1))
    shop.tick()
    assert shop.runs() == []


@pytest.mark.parametrize(
    ("rule", "expected"), [("once", 1), ("after_exit", 2), ({"after": "3d"}, 1), ({"after": "1d"}, 2)], ids=str
)
def test_who_may_come_again(shop, rule, expected):
    shop.define(TEMPLATE, {**CART, "reentry": rule})
    shop.send(added())
    shop.tick()
    shop.tick(HOUR)
    shop.clock.advance(DAY)
    shop.send(added())
    shop.tick()
    assert len(shop.runs()) == expected


def test_history_fills_everything_and_starts_nothing(shop):
    shop.define(TEMPLATE, CART, {"kind": "segment", "key": "buyers", "when": {"event": "Order Completed"}})
    shop.send(added(), ordered(user="boris"), historical=True)
    shop.tick()
    shop.tick(DAY)
    assert shop.runs() == []
    assert shop.members("buyers") == {"boris"}


def test_the_same_message_id_counts_once(shop):
    shop.define({"kind": "segment", "key": "twice", "when": {"event": "Order Completed", "value": 2}})
    shop.send({**ordered(), "messageId": "same"}, {**ordered(), "messageId": "same"})
    assert shop.tick().repeated == 1
    shop.send({**ordered(), "messageId": "same"})
    assert shop.tick().repeated == 1
    assert shop.members("twice") == set()
    assert shop.rows("SELECT count(*) FROM events") == [(1,)]


def test_branches_follow_the_facts_at_their_moment(shop):
    shop.define(
        TEMPLATE,
        {**TEMPLATE, "key": "vip"},
        {
            "kind": "journey",
            "key": "thanks",
            "entry": {"event": "Order Completed"},
            "correlate": "order_id",
            "class": "transactional",
            "steps": [
                {"wait": "1h"},
                {
                    "branch": [
                        {
                            "when": {"event": "Order Completed", "measure": {"sum": "revenue"}, "value": 100},
                            "do": [{"send": {"channel": "email", "template": "vip"}}],
                        },
                        {"when": {"trait": "quiet", "value": True}, "do": [{"exit": "quiet"}]},
                    ]
                },
                {"send": {"channel": "email", "template": "hello"}},
            ],
        },
    )
    shop.send(
        ordered(user="anna", order="1", revenue=150),
        ordered(user="boris", order="2", revenue=10),
        {"type": "identify", "userId": "vera", "traits": {"quiet": True}},
        ordered(user="vera", order="3", revenue=10),
    )
    shop.tick()
    shop.tick(HOUR)
    assert sorted(message[0] for message in shop.messages()) == ["hello", "hello", "vip"]
    assert ("thanks", "exited", "quiet", "3") in shop.runs()


def test_segments_follow_events_traits_and_time_alone(shop):
    shop.define(
        {"kind": "segment", "key": "lately", "when": {"event": "Order Completed", "within": "30d"}},
        {
            "kind": "segment",
            "key": "lapsed",
            "when": {"all": [{"event": "Order Completed"}, {"not": {"event": "Order Completed", "within": "30d"}}]},
        },
        {"kind": "segment", "key": "almaty", "when": {"trait": "city", "value": "Almaty"}},
        {"kind": "segment", "key": "both", "when": {"all": [{"segment": "lapsed"}, {"segment": "almaty"}]}},
    )
    shop.send(ordered(), {"type": "identify", "userId": "anna", "traits": {"city": "Almaty"}})
    shop.tick()
    assert (shop.members("lately"), shop.members("lapsed"), shop.members("almaty")) == ({"anna"}, set(), {"anna"})
    shop.tick(30 * DAY)
    assert shop.members("lately") == {"anna"}
    shop.tick(timedelta(seconds=1))
    assert (shop.members("lately"), shop.members("lapsed"), shop.members("both")) == (set(), {"anna"}, {"anna"})
    shop.send({"type": "identify", "userId": "anna", "traits": {"city": "Astana"}})
    shop.tick()
    assert (shop.members("almaty"), shop.members("both")) == (set(), set())


def test_a_new_segment_is_built_for_those_who_are_here_already(shop):
    shop.send(ordered(user="anna"), ordered(user="boris"))
    shop.tick()
    shop.define({"kind": "segment", "key": "buyers", "when": {"event": "Order Completed"}})
    shop.tick()
    assert shop.members("buyers") == {"anna", "boris"}
    shop.define({"kind": "segment", "key": "buyers", "when": {"event": "Order Completed", "value": 2}})
    shop.tick()
    assert shop.members("buyers") == set()


def test_a_visitor_who_turns_out_to_be_known_takes_the_run_along(shop):
    shop.define(TEMPLATE, CART, {"kind": "segment", "key": "adders", "when": {"event": "Product Added"}})
    shop.send({"type": "identify", "userId": "anna", "traits": {"email": "anna@example.com"}})
    shop.tick()
    call = added()
    del call["userId"]
    shop.send({**call, "anonymousId": "device-1"})
    shop.tick()
    shop.send({"type": "identify", "userId": "anna", "anonymousId": "device-1"})
    shop.tick()
    assert shop.members("adders") == {"anna"}
    shop.tick(HOUR)
    (owner,) = shop.rows(
        "SELECT i.value FROM messages m JOIN identities i ON i.profile_id = m.profile_id AND i.kind = 'user_id'"
    )
    assert owner == ("anna",)


def test_what_cannot_be_processed_becomes_a_dead_letter_and_the_rest_goes_on(shop, monkeypatch):
    from hourglass.engine import tick

    real = tick.commerce.apply

    def breaks(events, *rest):
        if any(event.properties.get("order_id") == "cursed" for event in events):
            raise ValueError("cursed")
        return real(events, *rest)

    monkeypatch.setattr(tick.commerce, "apply", breaks)
    shop.send(ordered(user="anna", order="1"), ordered(user="boris", order="cursed"), ordered(user="vera", order="2"))
    shop.tick()
    assert shop.rows("SELECT reason FROM dead_letters") == [("failed",)]
    assert shop.rows("SELECT count(*) FROM events") == [(2,)]
    assert shop.rows("SELECT count(*) FROM event_log") == [(0,)]


def test_a_batch_that_is_taken_apart_finds_out_who_was_erased_meanwhile(database):
    fragile = FragileDatabase(database.url)
    shop = Shop(fragile)
    for user in ("anna", "boris"):
        shop.send(added(user))
        shop.tick()
    with fragile.transaction() as tx:
        for (anna,) in tx.execute(b"SELECT profile_id FROM identities WHERE value = 'anna'").fetchall():
            profiles.erase(tx, SHOP, anna, shop.clock.now())
    shop.send(added("anna"))
    fragile.break_off("singly", 0)
    shop.tick()
    shop.worker.close()
    assert shop.rows("SELECT count(*) FROM events") == [(2,)]
    assert shop.rows("SELECT reason FROM dead_letters") == []


def test_two_workspaces_do_not_see_each_other(shop):
    shop.rows("INSERT INTO workspaces (key, name) VALUES ('other', 'Other') RETURNING id")
    shop.define({"kind": "segment", "key": "buyers", "when": {"event": "Order Completed"}})
    shop.send(ordered())
    shop.tick()
    assert shop.rows("SELECT DISTINCT workspace_id FROM profiles") == [(1,)]
    assert shop.rows("SELECT DISTINCT workspace_id FROM segment_members") == [(1,)]


def test_visitors_who_never_came_back_are_forgotten_and_contacts_stay(shop):
    from hourglass.engine import Upkeep

    shop.send({"anonymousId": "a1", "event": "Product Viewed"}, ordered(user="anna"))
    shop.tick()
    shop.clock.advance(91 * DAY)
    Upkeep(shop.database, shop.clock, shop.settings, threading.Event())._expire()
    assert shop.rows("SELECT kind, value FROM identities") == [("user_id", "anna")]
    shop.send({"anonymousId": "a1", "event": "Product Viewed"})
    shop.tick()
    assert shop.rows("SELECT count(*) FROM profiles") == [(2,)]
