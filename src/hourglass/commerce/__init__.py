"""The shop: products, carts and orders as events tell them."""

from hourglass.commerce.apply import apply, learn_catalogue
from hourglass.commerce.follow import follow
from hourglass.commerce.live import OpenCarts, OrderTotals, Shop, live
from hourglass.commerce.order import LIFE

__all__ = ["LIFE", "OpenCarts", "OrderTotals", "Shop", "apply", "follow", "learn_catalogue", "live"]
