"""The shop: products, carts and orders as events tell them."""

from hourglass.commerce.apply import apply
from hourglass.commerce.follow import follow
from hourglass.commerce.live import OpenCarts, OrderTotals, Shop, live

__all__ = ["OpenCarts", "OrderTotals", "Shop", "apply", "follow", "live"]
