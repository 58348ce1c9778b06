"""How the shop does right now: carts, orders and revenue."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import Money, money

_queries = Queries(Path(__file__).with_name("live.sql"))


class OpenCarts(Struct, frozen=True, kw_only=True):
    """What people have chosen and not bought."""

    open: int
    value: Money


class OrderTotals(Struct, frozen=True, kw_only=True):
    """Revenue is net of cancellations and refunds, and of orders in the workspace's currency only."""

    total: int
    today: int
    revenue: Money
    revenue_today: Money
    currency: str


class Shop(Struct, frozen=True, kw_only=True):
    """The shop's figures at one moment."""

    products: int
    carts: OpenCarts
    orders: OrderTotals


class _Carts(Struct):
    open: int
    value: int


class _Orders(Struct):
    total: int
    today: int
    revenue: int
    revenue_today: int


def live(tx: Transaction, workspace: Workspace, today_start: datetime) -> Shop:
    """`today_start`: when the workspace's day began."""
    currency = workspace.currency
    here = {"workspace_id": workspace.id}
    carts = _queries.one(tx, "carts", _Carts, **here, currency=currency) or _Carts(0, 0)
    orders = _queries.one(tx, "orders", _Orders, **here, currency=currency, since=today_start) or _Orders(0, 0, 0, 0)
    return Shop(
        products=_queries.scalar(tx, "products", **here),
        carts=OpenCarts(open=carts.open, value=money(carts.value, currency)),
        orders=OrderTotals(
            total=orders.total,
            today=orders.today,
            revenue=money(orders.revenue, currency),
            revenue_today=money(orders.revenue_today, currency),
            currency=currency,
        ),
    )
