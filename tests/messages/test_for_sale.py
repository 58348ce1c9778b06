"""Stock and price are looked at once more right before a message leaves that depends on them."""

from __future__ import annotations

from typing import Any

import pytest

from hourglass.messages import Rehearsal
from tests.messages.shop import NOW, Shop


def product(shop: Shop, id_: str, price: int, *, available: bool | None = True, currency: str = "USD") -> None:
    shop.run(
        "INSERT INTO products (workspace_id, id, name, price, currency, available, updated_at)"
        " VALUES (1, %(id)s, %(name)s, %(price)s, %(currency)s, %(available)s, %(at)s)"
        " ON CONFLICT (workspace_id, id) DO UPDATE SET price = EXCLUDED.price, available = EXCLUDED.available",
        id=id_, name=id_.title(), price=price, currency=currency, available=available, at=NOW,
    )  # fmt: skip


def told(only_if: list[str], **properties: Any) -> dict[str, Any]:
    return {"event": "Product Updated", "properties": properties, "only_if": only_if}


def delivered(shop: Shop, id_: int) -> tuple[str, str | None, str | None]:
    with shop.database.transaction() as tx:
        Rehearsal().deliver(tx, NOW)
    row = shop.message(id_)
    return row["state"], row["reason"], row["detail"]


@pytest.mark.parametrize(
    ("only_if", "properties", "expected"),
    [
        (["in_stock"], {"product_id": "tea"}, ("sent", None, None)),
        (["in_stock"], {"product_id": "cup"}, ("withheld", "out_of_stock", "Cup")),
        (["in_stock"], {"products": [{"product_id": "cup"}, {"product_id": "tea"}]}, ("sent", None, None)),
        (["in_stock"], {"product_id": "nobody-knows"}, ("sent", None, None)),
        (["price_holds"], {"product_id": "tea", "price": 9}, ("withheld", "price_rose", "Tea: 9 → 10.00 USD")),
        (["price_holds"], {"product_id": "tea", "price": 10, "currency": "USD"}, ("sent", None, None)),
        (["price_holds"], {"product_id": "tea", "price": 9, "currency": "KZT"}, ("sent", None, None)),
        (["price_holds"], {"product_id": "cup", "price": "?"}, ("sent", None, None)),
        ([], {"product_id": "cup", "price": 1, "currency": "USD"}, ("sent", None, None)),
    ],
)  # fmt: skip
def test_what_is_sold_out_or_dearer_by_now_is_not_sent_about(
    shop: Shop, only_if: list[str], properties: dict[str, Any], expected: tuple[str, str | None, str | None]
) -> None:
    product(shop, "tea", 1000)
    product(shop, "cup", 300, available=False)
    id_ = shop.queue(shop.person(), facts=told(only_if, **{"currency": "USD", **properties}))
    assert delivered(shop, id_) == expected


def test_a_cart_is_worth_a_word_as_long_as_something_of_it_is_left(shop: Shop) -> None:
    lines = "{% for line in cart.lines %}{{ line.name }}{% endfor %}"
    shop.template({"key": "cart", "subject": "Your cart", "html": lines})
    product(shop, "tea", 1000)
    product(shop, "cup", 300, available=False)
    anna = shop.person()
    shop.run(
        "INSERT INTO carts"
        " (workspace_id, id, identity_id, profile_id, lines, value, currency, state, opened_at, updated_at)"
        """ VALUES (1, 'c1', 1, %(id)s, '[{"product_id": "tea"}, {"product_id": "cup"}]', 1300, 'USD', 'open',"""
        " %(at)s, %(at)s)",
        id=anna, at=NOW,
    )  # fmt: skip
    about_cart = {"template": "cart", "facts": told(["in_stock"], product_id="cup")}
    assert delivered(shop, shop.queue(anna, **about_cart))[0] == "sent"
    product(shop, "tea", 1000, available=False)
    assert delivered(shop, shop.queue(anna, **about_cart))[1] == "out_of_stock"
