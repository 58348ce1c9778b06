"""Entries that look into the lines of an order, and at nothing else of the event."""

from __future__ import annotations

from tests.engine.shop import Shop


def test_orders_are_let_in_by_what_is_in_their_lines(shop: Shop) -> None:
    where = [{"property": "products.category", "op": "equals", "value": "tea"}]
    entry = {"event": "Order Completed", "where": where}
    shop.define({"kind": "journey", "key": "tea", "entry": entry, "steps": [{"wait": "1d"}]})
    shop.send(
        _ordered("anna", "tea", "cups"), _ordered("boris", "cups"), _ordered("vera", "tea"), _ordered("gleb"),
    )  # fmt: skip
    shop.tick()
    rows = shop.rows(
        "SELECT i.value FROM journey_runs r JOIN identities i ON i.profile_id = r.profile_id AND i.kind = 'user_id'"
    )
    assert {row[0] for row in rows} == {"anna", "vera"}


def _ordered(user: str, *categories: str) -> dict[str, object]:
    lines = [{"product_id": one, "category": one, "quantity": 1, "price": 5} for one in categories]
    return {"userId": user, "event": "Order Completed", "properties": {"order_id": f"o-{user}", "products": lines}}
