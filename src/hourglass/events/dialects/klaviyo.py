"""Klaviyo's e-commerce metrics (developers.klaviyo.com, "Integrate a platform")."""

from __future__ import annotations

from typing import Final

from hourglass.events.dialects.dialect import Dialect

_PRODUCT = {
    "ProductID": "product_id",
    "ProductName": "name",
    "SKU": "sku",
    "Brand": "brand",
    "ProductBrand": "brand",
    "Price": "price",
    "ItemPrice": "price",
    "CompareAtPrice": "compare_at_price",
    "RowTotal": "total",
    "Quantity": "quantity",
    "Categories": "categories",
    "ProductCategories": "categories",
    "ImageURL": "image_url",
    "URL": "url",
    "ProductURL": "url",
}

KLAVIYO: Final = Dialect(
    name="klaviyo",
    names={
        "Viewed Product": "Product Viewed",
        "Added to Cart": "Product Added",
        "Removed from Cart": "Product Removed",
        "Started Checkout": "Checkout Started",
        "Checkout Started": "Checkout Started",
        "Placed Order": "Order Completed",
        "Fulfilled Order": "Order Shipped",
        "Confirmed Shipment": "Order Shipped",
        "Delivered Shipment": "Order Delivered",
        "Cancelled Order": "Order Cancelled",
        "Canceled Order": "Order Cancelled",
        "Refunded Order": "Order Refunded",
        "Viewed Collection": "Product List Viewed",
        "Submitted Search": "Products Searched",
    },
    properties=_PRODUCT | {
        "OrderId": "order_id",
        "OrderID": "order_id",
        "Items": "products",
        "CheckoutURL": "checkout_url",
        "DiscountCode": "coupon",
        "DiscountValue": "discount",
        "SearchTerm": "query",
        "CollectionName": "category",
        "CollectionID": "list_id",
        "ItemNames": "product_names",
        "Brands": "brands",
        "$currency_code": "currency",
    },
    lines=_PRODUCT,
    per_event={
        "Product Added": {
            "AddedItemProductID": "product_id",
            "AddedItemProductName": "name",
            "AddedItemSKU": "sku",
            "AddedItemCategories": "categories",
            "AddedItemImageURL": "image_url",
            "AddedItemURL": "url",
            "AddedItemPrice": "price",
            "AddedItemQuantity": "quantity",
            "Items": "cart",
            "$value": "cart_value",
        },
        "Checkout Started": {"$value": "value", "$event_id": "checkout_id"},
        "Order Completed": {"$value": "revenue", "$event_id": "order_id"},
        "Order Cancelled": {"$value": "total", "$event_id": "order_id"},
        "Order Refunded": {"$value": "total", "$event_id": "order_id"},
    },
)  # fmt: skip
