"""By what a person showed interest in a product, and for how long that is remembered."""

from __future__ import annotations

from datetime import timedelta

INTEREST = {
    "last_viewed": "Product Viewed",
    "last_added": "Product Added",
    "last_wished": "Product Added to Wishlist",
    "last_bought": "Order Completed",
}
"""What conditions call it, and the event that shows it."""
BOUGHT = "last_bought"

USUAL, LONGEST = timedelta(days=30), timedelta(days=90)
"""When the catalogue changes, everybody who showed interest that recently is looked at again."""
