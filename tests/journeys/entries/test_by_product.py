"""A change in the catalogue brings in those who showed interest in the product."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.engine.shop import TEMPLATE
from tests.journeys.entries.lobby import Lobby, journey

DROP = journey("drop", {"product": "price_drop", "by": "10%"})


def shown(lobby: Lobby, user: str, product: str, event: str = "Product Viewed", **more: Any) -> None:
    properties = {"product_id": product, "name": "Cup", "category": "cups", "price": 1000, "currency": "KZT"} | more
    lobby.send({"event": event, "userId": user, "properties": properties})
    lobby.tick()


def changed(lobby: Lobby, product: str, historical: bool = False, **more: Any) -> None:
    """The catalogue says something new, some time later."""
    lobby.clock.advance(timedelta(minutes=5))
    told = {"event": "Product Updated", "userId": "shop", "properties": {"product_id": product, **more}}
    lobby.send(told, historical=historical)
    lobby.tick()


def test_a_price_drop_brings_in_who_looked_with_both_prices(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, DROP)
    shown(lobby, "anna", "p1")
    shown(lobby, "boris", "p1", "Product Added")
    shown(lobby, "clara", "p2")
    changed(lobby, "p1", price=950, currency="KZT")
    assert lobby.inside("drop") == []
    changed(lobby, "p1", price=800, currency="KZT")
    assert lobby.inside("drop") == ["anna", "boris"]
    entry = lobby.entry("drop")[0]
    told = {name: entry["properties"][name] for name in ("product_id", "name", "price", "old_price", "currency")}
    assert told == {"product_id": "p1", "name": "Cup", "price": 800, "old_price": 950, "currency": "KZT"}
    assert {one[3] for one in lobby.runs()} == {"p1"}


def test_a_drop_may_be_a_sum_and_interest_has_its_span(lobby: Lobby) -> None:
    way = {"product": "price_drop", "by": 300, "interested": {"viewed": "7d", "wishlist": True}}
    lobby.define(TEMPLATE, journey("drop", way))
    shown(lobby, "late", "p1")
    shown(lobby, "wish", "p1", "Product Added to Wishlist")
    shown(lobby, "cart", "p1", "Product Added")
    lobby.tick(timedelta(days=10))
    shown(lobby, "anna", "p1")
    changed(lobby, "p1", price=701, currency="KZT")
    assert lobby.inside("drop") == []
    changed(lobby, "p1", price=400, currency="KZT")
    assert lobby.inside("drop") == ["anna", "wish"]


def test_who_bought_it_meanwhile_is_left_in_peace(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, DROP)
    for user in ("anna", "boris"):
        shown(lobby, user, "p1")
    order = {"order_id": "1", "total": 1000, "currency": "KZT", "products": [{"product_id": "p1", "price": 1000}]}
    lobby.send({"event": "Order Completed", "userId": "anna", "properties": order})
    lobby.tick()
    changed(lobby, "p1", price=500, currency="KZT")
    assert lobby.inside("drop") == ["boris"]


def test_who_buys_it_most_may_hear_of_it_without_having_looked(lobby: Lobby) -> None:
    way = {"product": "back_in_stock", "interested": {"favourite": True}}
    lobby.define(TEMPLATE, journey("back", way))
    shown(lobby, "anna", "p1")
    shown(lobby, "boris", "p2")
    shown(lobby, "clara", "p1")
    lobby.rows(
        "INSERT INTO computed_traits (workspace_id, profile_id, traits, computed_at) "
        "SELECT workspace_id, profile_id, jsonb_build_object('favourite.product', "
        "CASE value WHEN 'clara' THEN 'p2' ELSE 'p1' END), now() "
        "FROM identities WHERE value IN ('anna', 'boris', 'clara') RETURNING 1"
    )
    changed(lobby, "p1", stock=0)
    changed(lobby, "p1", stock=5)
    assert lobby.inside("back") == ["anna", "boris"]


def test_what_comes_back_and_what_runs_low(lobby: Lobby) -> None:
    lobby.define(
        TEMPLATE, journey("back", {"product": "back_in_stock"}), journey("low", {"product": "low_stock", "below": 3})
    )
    shown(lobby, "anna", "p1", stock=10)
    changed(lobby, "p1", stock=2)
    assert (lobby.inside("low"), lobby.inside("back")) == (["anna"], [])
    changed(lobby, "p1", stock=1)
    changed(lobby, "p1", stock=0)
    assert lobby.inside("low") == ["anna"]
    changed(lobby, "p1", stock=9)
    assert lobby.inside("back") == ["anna"]


def test_something_new_is_for_those_who_looked_at_its_category(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, journey("new", {"product": "new"}))
    shown(lobby, "anna", "p1")
    shown(lobby, "boris", "b1", category="books")
    before = lobby.inside("new")
    lobby.clock.advance(timedelta(days=1))
    for product in ("p7", "p8"):
        told = {"product_id": product, "category": "cups", "name": "New", "price": 5}
        lobby.send({"event": "Product Updated", "userId": "shop", "properties": told})
    lobby.tick()
    assert lobby.inside("new")[len(before) :] == ["anna"]


def test_a_catalogue_of_the_past_brings_nobody_in(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, DROP)
    shown(lobby, "anna", "p1")
    lobby.tick(timedelta(days=5))
    past = (lobby.clock.now() - timedelta(days=3)).isoformat()
    lobby.send({"event": "Product Updated", "userId": "shop", "timestamp": past,
                "properties": {"product_id": "p1", "price": 1, "currency": "KZT"}}, historical=True)  # fmt: skip
    lobby.tick()
    assert lobby.rows("SELECT price FROM products WHERE id = 'p1'") == [(100,)]
    assert lobby.inside("drop") == []
    assert lobby.rows("SELECT count(*) FROM product_news") == [(0,)]


@pytest.mark.parametrize(
    ("entry", "event", "properties"),
    [
        ({"order": "shipped"}, "Order Shipped", {"order_id": "1"}),
        ({"order": "paid"}, "Order Completed", {"order_id": "1"}),
        ({"order": {"status": "lost"}}, "Order Updated", {"order_id": "1", "status": "lost"}),
        ({"form": "gift"}, "Form Submitted", {"form": "gift"}),
        (
            {"form": "gift", "where": [{"property": "size", "op": "equals", "value": "L"}]},
            "Form Submitted",
            {"form": "gift", "size": "L"},
        ),
        ({"message": "bounced", "journey": "cart"}, "Message Bounced", {"journey": "cart"}),
        ({"message": "failed", "channel": "email"}, "Message Failed", {"channel": "email", "reason": "refused"}),
        ({"message": "opened"}, "Message Opened", {"by": "human"}),
        ({"message": "clicked", "template": "hello"}, "Message Clicked", {"template": "hello", "by": "human"}),
    ],
)
def test_orders_messages_and_forms_are_events_by_another_name(
    lobby: Lobby, entry: dict[str, Any], event: str, properties: dict[str, Any]
) -> None:
    lobby.define(TEMPLATE, journey("door", entry))
    lobby.send({"event": event, "userId": "anna", "properties": properties})
    lobby.send({"event": event, "userId": "boris", "properties": {"by": "scanner", "form": "other", "status": "new"}})
    lobby.tick()
    assert lobby.inside("door") == (["anna", "boris"] if isinstance(entry.get("order"), str) else ["anna"])


def test_an_event_that_comes_late_changes_facts_and_starts_nothing(lobby: Lobby) -> None:
    lobby.define(
        TEMPLATE, journey("door", {"event": "Signed Up"}), journey("slow", {"event": "Signed Up"}, max_age="7d")
    )
    late = (lobby.clock.now() - timedelta(days=2)).isoformat()
    lobby.send({"event": "Signed Up", "userId": "anna", "timestamp": late})
    lobby.tick()
    assert (lobby.inside("door"), lobby.inside("slow")) == ([], ["anna"])


def test_what_is_back_in_a_region_is_told_to_those_who_live_there(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, journey("back", {"product": "back_in_stock", "region": "city"}))
    for user, city in (("anna", "Almaty"), ("boris", "astana "), ("clara", "Aktau")):
        lobby.send({"type": "identify", "userId": user, "traits": {"city": city}})
        shown(lobby, user, "p1")
    shown(lobby, "dina", "p1")
    changed(lobby, "p1", regions={"Aktau": 3})
    assert lobby.inside("back") == []
    changed(lobby, "p1", regions={"Aktau": 3, "Astana": 5})
    assert lobby.inside("back") == ["boris"]
    changed(lobby, "p1", regions=[])
    changed(lobby, "p1", regions=["Almaty", "Aktau"])
    assert sorted(lobby.inside("back")) == ["anna", "boris", "clara"]


def test_where_no_region_is_told_all_who_care_hear(lobby: Lobby) -> None:
    lobby.define(TEMPLATE, journey("back", {"product": "back_in_stock", "region": "city"}))
    shown(lobby, "anna", "p1")
    changed(lobby, "p1", stock=0)
    changed(lobby, "p1", stock=4)
    assert lobby.inside("back") == ["anna"]
