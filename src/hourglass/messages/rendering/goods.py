"""Products as templates see them: what the shop said, with price and stock as the catalogue has them now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

from hourglass.kernel import to_major
from hourglass.messages.candidates.candidate import Basket, Product, product_of

_LINE_FIELDS = ("name", "category", "image_url", "url", "brand", "stock")


def cart_of(basket: Basket | None, products: Mapping[str, Product]) -> dict[str, Any] | None:
    """A cart at today's prices; its value follows where a price has changed since."""
    if basket is None:
        return None
    lines = [_line(line, products, basket.currency, today=True) for line in _told(basket)]
    cart = _basket(basket, lines)
    if any(line.pop("changed") for line in lines) and all(line["price"] is not None for line in lines):
        cart["value"] = sum((line["price"] * _count(line["quantity"]) for line in lines), Decimal(0))
    return cart


def order_of(basket: Basket | None, products: Mapping[str, Product]) -> dict[str, Any] | None:
    """An order at the prices that were paid."""
    if basket is None:
        return None
    lines = [_line(line, products, basket.currency, today=False) for line in _told(basket)]
    for line in lines:
        line.pop("changed")
    return _basket(basket, lines)


def shown(
    ids: Sequence[str] | None, products: Mapping[str, Product], seen: Mapping[str, Any], currency: str
) -> list[dict[str, Any]] | None:
    """The products of a block. `seen`: prices in major units that the person saw, by product id."""
    if ids is None:
        return None
    return [_product(products[id_], seen.get(id_), currency) for id_ in ids]


def _product(product: Product, seen: Any, currency: str) -> dict[str, Any]:
    price = _today(product, currency)
    was = seen if isinstance(seen, Decimal) and price is not None and seen > price else None
    return {
        **{name: getattr(product, name) for name in _LINE_FIELDS},
        "id": product.id,
        "product_id": product.id,
        "price": price,
        "was": was,
        "currency": product.currency or currency,
        "available": product.available is not False,
    }


def _line(line: dict[str, Any], products: Mapping[str, Product], currency: str, *, today: bool) -> dict[str, Any]:
    """What the shop said about the line, completed from the catalogue; `was` where the price has fallen since."""
    product = products.get(product_of(line) or "")
    known = {} if product is None else {name: getattr(product, name) for name in _LINE_FIELDS}
    told = {name: value for name, value in line.items() if value is not None}
    paid = _major(line.get("price"), currency)
    now = _today(product, currency) if product is not None and product.currency in (None, currency) else None
    price = (now if now is not None else paid) if today else (paid if paid is not None else now)
    return {
        "quantity": 1,
        **known,
        **told,
        "price": price,
        "was": paid if today and paid is not None and price is not None and paid > price else None,
        "currency": currency,
        "available": product is None or product.available is not False,
        "changed": today and paid is not None and price != paid,
    }


def _basket(basket: Basket, lines: list[dict[str, Any]]) -> dict[str, Any]:
    return {"id": basket.id, "lines": lines, "value": to_major(basket.value, basket.currency), "state": basket.state,
            "currency": basket.currency}  # fmt: skip


def _told(basket: Basket) -> list[dict[str, Any]]:
    return [cast("dict[str, Any]", line) for line in basket.lines if isinstance(line, dict)]


def _today(product: Product | None, currency: str) -> Decimal | None:
    return None if product is None else _major(product.price, product.currency or currency)


def _major(minor: Any, currency: str) -> Decimal | None:
    return to_major(minor, currency) if isinstance(minor, int) else None


def _count(quantity: Any) -> Decimal:
    return Decimal(quantity) if isinstance(quantity, int) else Decimal(1)
