"""The first edition of Segment's e-commerce names ("Completed Order"), still sent by old plug-ins."""

from __future__ import annotations

from typing import Final

from hourglass.events.dialects.dialect import Dialect

_PRODUCT = {"id": "product_id", "productId": "product_id"}

SEGMENT_V1: Final = Dialect(
    name="segment_v1",
    names={
        "Viewed Product Category": "Product List Viewed",
        "Clicked Product": "Product Clicked",
        "Added Product": "Product Added",
        "Removed Product": "Product Removed",
        "Added Product to Wishlist": "Product Added to Wishlist",
        "Viewed Cart": "Cart Viewed",
        "Viewed Checkout Step": "Checkout Step Viewed",
        "Completed Checkout Step": "Checkout Step Completed",
        "Completed Order": "Order Completed",
        "Updated Order": "Order Updated",
        "Viewed Promotion": "Promotion Viewed",
        "Clicked Promotion": "Promotion Clicked",
        "Searched Products": "Products Searched",
    },
    properties={"orderId": "order_id"},
    lines=_PRODUCT,
    per_event=dict.fromkeys(("Product Clicked", "Product Added", "Product Removed"), _PRODUCT),
)
