from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from hourglass.kernel import Malformed
from hourglass.messages import read_template
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.candidates.facts import load
from hourglass.messages.content.library import Library
from hourglass.messages.outbox.claim import Claim
from hourglass.messages.rendering.links import Links
from hourglass.messages.rendering.render import Unmade, render
from hourglass.messages.rendering.variables import variables_of
from hourglass.messages.tracking.tokens import Signer
from tests.messages.shop import NOW, Shop

SIGNER = Signer(b"secret")


@pytest.fixture
def goods(shop: Shop) -> Shop:
    """Lamps and teas with prices in cents; the red lamp is sold out."""
    for id_, category, price, available in (
        ("lamp", "lamps", 1250, True), ("red", "lamps", 900, False), ("blue", "lamps", 800, None),
        ("tea", "teas", 500, True), ("mint", "teas", 450, True), ("gift", "gifts", 300, True),
    ):  # fmt: skip
        shop.run(
            "INSERT INTO products (workspace_id, id, name, category, price, currency, url, available, updated_at)"
            " VALUES (1, %(id)s, %(name)s, %(category)s, %(price)s, 'EUR', 'https://shop.example/' || %(id)s,"
            " %(available)s, %(now)s)",
            id=id_, name=id_.title(), category=category, price=price, available=available, now=NOW,
        )  # fmt: skip
    return shop


def basket(shop: Shop, table: str, person: int, lines: Sequence[tuple[str, int, int]], days: float = 1) -> None:
    told = [{"product_id": id_, "quantity": quantity, "price": price} for id_, quantity, price in lines]
    times = (
        ("state, opened_at, updated_at", "'open', %(at)s, %(at)s")
        if table == "carts"
        else ("state, ordered_at, updated_at", "'completed', %(at)s, %(at)s")
    )
    money = "value" if table == "carts" else "revenue"
    shop.run(
        f"INSERT INTO {table} (workspace_id, id, identity_id, profile_id, lines, {money}, currency, {times[0]})"
        f" VALUES (1, %(id)s, 0, %(person)s, %(lines)s::jsonb, %(value)s, 'EUR', {times[1]})",
        id=f"{table}-{person}-{days}", person=person, lines=msgspec.json.encode(told).decode(),
        value=sum(quantity * price for _, quantity, price in lines), at=NOW - timedelta(days=days),
    )  # fmt: skip


def views(shop: Shop, person: int, ids: Sequence[str]) -> None:
    shop.run(
        "INSERT INTO event_names (workspace_id, name, first_seen_at) VALUES (1, 'Product Viewed', %(now)s)"
        " ON CONFLICT DO NOTHING", now=NOW,
    )  # fmt: skip
    for place, id_ in enumerate(ids):
        shop.run(
            "INSERT INTO events (workspace_id, identity_id, name_id, at, seq, message_id, product_id, properties)"
            " SELECT 1, i.id, n.id, %(at)s, 0, gen_random_uuid(), %(product)s, '{}' FROM identities i, event_names n"
            " WHERE i.profile_id = %(person)s AND n.name = 'Product Viewed'",
            at=NOW - timedelta(minutes=place + 1), product=id_, person=person,
        )  # fmt: skip


def candidates(shop: Shop, people: Sequence[int], library: Library | None = None, **facts: Any) -> list[Candidate]:
    claims = [
        Claim(workspace_id=1, id=number, profile_id=person, channel="email", template="t", topic="news",
              message_class="marketing", facts=facts, created_at=NOW, attempts=1)
        for number, person in enumerate(people, 1)
    ]  # fmt: skip
    with shop.database.transaction() as tx:
        return load(tx, claims, library or Library(), {"email": "email"})


def chosen(shop: Shop, person: int, block: dict[str, Any], **facts: Any) -> list[str] | None:
    shop.template({"key": "t", "subject": "s", "html": "{{ blocks.picks }}", "blocks": {"picks": block}})
    [one] = candidates(shop, [person], **facts)
    return one.blocks["picks"]


def seen(one: Candidate) -> dict[str, Any]:
    return variables_of(one, Links("https://s.example", SIGNER, 1, one.claim.id), NOW)


def test_what_was_viewed_last_comes_first_and_sold_out_is_left_out(goods: Shop) -> None:
    anna, ben = goods.person(), goods.person("ben@customers.example")
    views(goods, anna, ["tea", "red", "lamp", "tea", "nowhere"])
    views(goods, ben, ["gift"])
    assert chosen(goods, anna, {"source": "viewed"}) == ["tea", "lamp"]
    assert chosen(goods, anna, {"source": "viewed", "sold_out": True}) == ["tea", "red", "lamp"]
    assert chosen(goods, ben, {"source": "viewed", "limit": 1}) == ["gift"]


def test_bestsellers_are_counted_in_pieces_and_by_category(goods: Shop) -> None:
    anna, ben = goods.person(), goods.person("ben@customers.example")
    basket(goods, "orders", ben, [("tea", 5, 500), ("lamp", 1, 1250), ("red", 9, 900)])
    basket(goods, "orders", ben, [("mint", 3, 450), ("gift", 99, 300)], days=40)
    assert chosen(goods, anna, {"source": "bestsellers"}) == ["tea", "lamp"]
    assert chosen(goods, anna, {"source": "bestsellers", "category": "teas", "within": "60d"}) == ["tea", "mint"]
    event: dict[str, Any] = {"event": "Product Viewed", "properties": {"product_id": "mint"}}
    assert chosen(goods, anna, {"source": "bestsellers", "category": "event", "without": ["event"]}, **event) == ["tea"]
    assert chosen(goods, ben, {"source": "bestsellers", "without": ["bought"]}) is None


def test_a_block_is_filled_up_and_counts_as_empty_below_its_least(goods: Shop) -> None:
    anna = goods.person()
    basket(goods, "orders", goods.person("ben@customers.example"), [("tea", 5, 500), ("lamp", 1, 1250)])
    views(goods, anna, ["gift"])
    assert chosen(goods, anna, {"source": "viewed", "fill_with": "bestsellers"}) == ["gift", "tea", "lamp"]
    assert chosen(goods, anna, {"source": "viewed", "at_least": 2}) is None
    listed = {"source": "list", "products": ["lamp", "red", "nowhere", "blue"]}
    assert chosen(goods, anna, listed) == ["lamp", "blue"]


def test_an_empty_block_is_hidden_or_keeps_the_message_back(goods: Shop) -> None:
    anna = goods.person()
    body = {"key": "t", "subject": "s", "html": "<p>{% if blocks.picks %}yes{% else %}no{% endif %}</p>"}
    goods.template({**body, "blocks": {"picks": {"source": "viewed"}}})
    [one] = candidates(goods, [anna])
    made = render(one, SIGNER, "https://s.example", NOW)
    assert not isinstance(made, Unmade)
    assert "<p>no</p>" in (made.html or "")
    goods.template({**body, "blocks": {"picks": {"source": "viewed", "when_empty": "withhold"}}})
    [one] = candidates(goods, [anna])
    made = render(one, SIGNER, "https://s.example", NOW)
    assert made == Unmade(reason="nothing_to_show", detail="picks", withheld=True)


def test_a_cart_is_shown_at_todays_prices(goods: Shop) -> None:
    anna = goods.person()
    basket(goods, "carts", anna, [("lamp", 2, 1500), ("red", 1, 900)])
    goods.template({
        "key": "t", "subject": "s", "html": "{{ cart.value }}{{ blocks.mine }}", "blocks": {"mine": {"source": "cart"}},
    })  # fmt: skip
    [one] = candidates(goods, [anna])
    known = seen(one)
    lamp, red = known["cart"]["lines"]
    assert (lamp["price"], lamp["was"], lamp["available"]) == (Decimal("12.50"), Decimal("15.00"), True)
    assert (red["price"], red["was"], red["available"]) == (Decimal("9.00"), None, False)
    assert known["cart"]["value"] == Decimal("34.00")
    assert [(item["name"], item["was"]) for item in known["blocks"]["mine"]] == [("Lamp", Decimal("15.00"))]


def test_an_order_is_shown_at_the_prices_that_were_paid(goods: Shop) -> None:
    anna = goods.person()
    basket(goods, "orders", anna, [("lamp", 2, 1500)])
    goods.template({"key": "t", "subject": "s", "html": "{{ order.value }}"})
    [one] = candidates(goods, [anna])
    known = seen(one)["order"]
    assert (known["value"], known["lines"][0]["price"]) == (Decimal("30.00"), Decimal("15.00"))


def test_a_price_drop_shows_the_price_of_the_event(goods: Shop) -> None:
    anna = goods.person()
    goods.template({"key": "t", "subject": "s", "html": "{{ blocks.it }}", "blocks": {"it": {"source": "event"}}})
    facts: dict[str, Any] = {"event": "Price Dropped", "properties": {"product_id": "lamp", "old_price": "19.90"}}
    [one] = candidates(goods, [anna], **facts)
    [item] = seen(one)["blocks"]["it"]
    assert (item["price"], item["was"]) == (Decimal("12.50"), Decimal("19.90"))


def test_a_thousand_messages_cost_as_many_queries_as_one(goods: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    from hourglass.postgres import Queries

    counted: list[str] = []
    for name in ("rows", "tuples", "one", "scalar"):
        asked = getattr(Queries, name)

        def count(self: Queries, tx: Any, query: str, *args: Any, _asked: Any = asked, **values: Any) -> Any:
            counted.append(query)
            return _asked(self, tx, query, *args, **values)

        monkeypatch.setattr(Queries, name, count)
    goods.template({
        "key": "t", "subject": "s", "html": "{{ cart.value }}{{ order.value }}{{ blocks.a }}",
        "blocks": {
            "a": {"source": "viewed", "fill_with": "bestsellers", "without": ["bought", "cart"]},
            "b": {"source": "bestsellers", "category": "teas"},
            "c": {"source": "event"},
            "d": {"source": "list", "products": ["gift"]},
        },
    })  # fmt: skip
    people = [goods.person(f"p{number}@customers.example", None) for number in range(100)]
    views(goods, people[0], ["tea"])
    counted.clear()
    candidates(goods, people[:1])
    alone = len(counted)
    counted.clear()
    all_of_them = candidates(goods, [*people] * 10)
    assert len(all_of_them) == 1000
    assert len(counted) <= alone
    assert all_of_them[0].blocks["a"] == ["tea"]


@pytest.mark.parametrize(("block", "path"), [
    ({"source": "list"}, "blocks.picks.products"),
    ({"source": "cart", "products": ["x"]}, "blocks.picks.products"),
    ({"source": "viewed", "limit": 2, "at_least": 3}, "blocks.picks.at_least"),
    ({"source": "viewed", "within": "soon"}, "blocks.picks.within"),
    ({"source": "stars"}, "blocks[...].source"),
    ({"source": "viewed", "limit": 0}, "blocks[...].limit"),
])  # fmt: skip
def test_a_wrong_block_is_refused_with_its_place(block: dict[str, Any], path: str) -> None:
    with pytest.raises(Malformed) as refused:
        read_template({"kind": "template", "key": "t", "subject": "s", "html": "x", "blocks": {"picks": block}})
    assert refused.value.path == path
