"""Other vocabularies arrive and leave in canonical words."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from hourglass.events import DIALECTS, VOCABULARY, Event, decode, envelope, identifiers

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def tracked(name: str, properties: dict[str, Any], currency: str = "EUR") -> Event:
    sealed = envelope("track", {"userId": "u", "event": name, "properties": properties})
    (event,), _ = decode(b"[" + sealed + b"]", NOW, NOW, currency)
    return event


def test_a_ga4_purchase_is_an_order() -> None:
    line = {"item_id": "SKU_1", "item_name": "Tee", "item_category": "shirts", "price": 10.01, "quantity": 3}
    order = tracked("purchase", {"transaction_id": "T1", "value": 30.03, "currency": "usd", "items": [line]})
    assert order.name == "Order Completed"
    assert (order.order_id, order.revenue, order.currency) == ("T1", 3003, "USD")
    assert order.properties["products"] == [
        {"product_id": "SKU_1", "name": "Tee", "category": "shirts", "price": 10.01, "quantity": 3}
    ]


def test_a_ga4_event_about_one_product_has_it_at_the_top() -> None:
    viewed = tracked("view_item", {"value": 7.5, "items": [{"item_id": 7, "item_category": "tea", "quantity": 2}]})
    assert viewed.name == "Product Viewed"
    assert (viewed.product_id, viewed.category, viewed.quantity, viewed.revenue) == ("7", "tea", 2, None)


def test_several_products_in_one_ga4_event_all_stay() -> None:
    added = tracked("add_to_cart", {"items": [{"item_id": "a"}, {"item_id": "b"}]})
    assert added.product_id == "a"
    assert [line["product_id"] for line in added.properties["products"]] == ["a", "b"]


def test_a_klaviyo_order_is_an_order() -> None:
    line = {"ProductID": "1111", "SKU": "W", "ProductName": "Pooh", "Quantity": 1, "ItemPrice": 9.99,
            "ProductCategories": ["Fiction", "Children"]}  # fmt: skip
    order = tracked("Placed Order", {"OrderId": "1234", "$value": 9.99, "DiscountCode": "FREE", "Items": [line]})
    assert (order.name, order.order_id, order.revenue) == ("Order Completed", "1234", 999)
    assert order.properties["coupon"] == "FREE"
    assert order.properties["products"][0]["category"] == "Fiction"
    assert order.properties["products"][0]["product_id"] == "1111"


def test_a_klaviyo_cart_names_the_added_item() -> None:
    added = tracked("Added to Cart", {"$value": 29.98, "AddedItemProductID": "1111", "AddedItemPrice": 9.99,
                                      "AddedItemQuantity": 1, "AddedItemCategories": ["Fiction"],
                                      "Items": [{"ProductID": "1112"}]})  # fmt: skip
    assert (added.name, added.product_id, added.category, added.quantity) == ("Product Added", "1111", "Fiction", 1)
    assert added.properties["price"] == 9.99


def test_the_first_edition_of_segments_names_still_works() -> None:
    assert tracked("Completed Order", {"orderId": "1", "total": "12.30"}).revenue == 1230
    assert tracked("Added Product", {"id": "p1"}).product_id == "p1"


@pytest.mark.parametrize("spelling", ["Order Completed", "order completed", "order_completed", "Order completed"])
def test_spelling_of_a_canonical_name_does_not_matter(spelling: str) -> None:
    assert tracked(spelling, {"order_id": "1"}).name == "Order Completed"


def test_a_shops_own_name_and_properties_stay() -> None:
    own = tracked("Tasted Tea", {"items": [1], "value": 3})
    assert own.name == "Tasted Tea"
    assert own.properties == {"items": [1], "value": 3}


def test_a_canonical_property_wins_over_the_foreign_one() -> None:
    assert tracked("purchase", {"transaction_id": "theirs", "order_id": "ours"}).order_id == "ours"


def test_revenue_counts_in_minor_units_of_the_events_currency() -> None:
    assert tracked("Order Completed", {"revenue": 1200, "currency": "JPY"}).revenue == 1200
    assert tracked("Order Completed", {"revenue": "18.99"}, "KZT").revenue == 1899
    assert tracked("Order Completed", {"revenue": 5, "currency": "shells"}, "KZT").currency == "KZT"
    assert tracked("Cart Viewed", {"total": 5}).revenue is None


@pytest.mark.parametrize("absurd", ["x" * 300, "", None, {"a": 1}, True, 1.5])
def test_an_absurd_id_stays_out_of_the_columns(absurd: object) -> None:
    event = tracked("Product Viewed", {"product_id": absurd, "quantity": "many", "revenue": "much"})
    assert (event.product_id, event.quantity, event.revenue) == (None, None, None)
    assert event.properties["product_id"] == absurd


def test_every_alias_leads_to_a_canonical_event() -> None:
    assert {name for dialect in DIALECTS for name in dialect.names.values()} <= VOCABULARY.keys()


def test_every_canonical_event_has_words_in_both_languages() -> None:
    assert all(kind.words["en"] and kind.words["ru"] for kind in VOCABULARY.values())


def test_identifiers_come_from_ids_identify_traits_and_context() -> None:
    body = {"userId": 1, "anonymousId": "a", "traits": {"email": "A@b.c", "phone": 5},
            "context": {"traits": {"email": "A@b.c", "phone": "+7 701"}}}  # fmt: skip
    (event,), _ = decode(b"[" + envelope("identify", body) + b"]", NOW, NOW)
    expected = [("user_id", "1"), ("anonymous_id", "a"), ("email", "A@b.c"), ("phone", "+7 701")]
    assert identifiers(event) == expected


def test_traits_of_a_group_are_not_the_persons() -> None:
    body = {"userId": "u", "groupId": "g", "traits": {"email": "office@b.c"}, "context": {"traits": "odd"}}
    (event,), _ = decode(b"[" + envelope("group", body) + b"]", NOW, NOW)
    assert identifiers(event) == [("user_id", "u")]
