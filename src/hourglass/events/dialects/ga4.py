"""Google Analytics 4 recommended events (developers.google.com/analytics/devguides/collection/ga4/reference/events)."""

from __future__ import annotations

from typing import Final

from hourglass.events.dialects.dialect import Dialect

GA4: Final = Dialect(
    name="ga4",
    names={
        "page_view": "Page Viewed",
        "search": "Products Searched",
        "view_search_results": "Products Searched",
        "view_item_list": "Product List Viewed",
        "select_item": "Product Clicked",
        "view_item": "Product Viewed",
        "add_to_cart": "Product Added",
        "remove_from_cart": "Product Removed",
        "add_to_wishlist": "Product Added to Wishlist",
        "view_cart": "Cart Viewed",
        "begin_checkout": "Checkout Started",
        "add_shipping_info": "Checkout Step Completed",
        "add_payment_info": "Payment Info Entered",
        "purchase": "Order Completed",
        "refund": "Order Refunded",
        "view_promotion": "Promotion Viewed",
        "select_promotion": "Promotion Clicked",
        "share": "Product Shared",
        "sign_up": "Signed Up",
        "login": "Signed In",
    },
    properties={
        "transaction_id": "order_id",
        "items": "products",
        "item_list_id": "list_id",
        "item_list_name": "list",
        "search_term": "query",
        "promotion_name": "name",
        "creative_name": "creative",
        "creative_slot": "position",
        "payment_type": "payment_method",
        "shipping_tier": "shipping_method",
        "page_location": "url",
        "page_title": "title",
        "page_referrer": "referrer",
    },
    lines={
        "item_id": "product_id",
        "item_name": "name",
        "item_brand": "brand",
        "item_category": "category",
        "item_variant": "variant",
        "item_list_id": "list_id",
        "item_list_name": "list",
        "index": "position",
    },
    per_event={
        "Order Completed": {"value": "revenue"},
        "Order Refunded": {"value": "total"},
        "Product Shared": {"method": "share_via", "item_id": "product_id"},
    },
    single=frozenset((
        "Product Viewed", "Product Clicked", "Product Added", "Product Removed", "Product Added to Wishlist",
    )),
)  # fmt: skip
