"""The shop: products, carts and orders as events tell them, and its promo codes."""

from hourglass.commerce.apply import apply, learn_catalogue
from hourglass.commerce.follow import follow
from hourglass.commerce.live import OpenCarts, OrderTotals, Shop, live
from hourglass.commerce.order import LIFE
from hourglass.commerce.promo.give import Given, GivenCode, Supply, Taker, give, give_back
from hourglass.commerce.promo.pool import (
    PromoAdded,
    PromoPool,
    Validity,
    add_codes,
    codes_in,
    codes_of,
    promo_pools,
    read_span,
    revoke_codes,
)
from hourglass.commerce.promo.redeem import redeem_orders

__all__ = [
    "LIFE",
    "Given",
    "GivenCode",
    "OpenCarts",
    "OrderTotals",
    "PromoAdded",
    "PromoPool",
    "Shop",
    "Supply",
    "Taker",
    "Validity",
    "add_codes",
    "apply",
    "codes_in",
    "codes_of",
    "follow",
    "give",
    "give_back",
    "learn_catalogue",
    "live",
    "promo_pools",
    "read_span",
    "redeem_orders",
    "revoke_codes",
]
