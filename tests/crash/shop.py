"""The marketing of the shop under fire: a segment, and three journeys of three kinds."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

CART_WAIT = timedelta(seconds=2)


def _template(key: str, subject: str) -> dict[str, Any]:
    html = (
        f"<p>{subject}</p><p><a href='https://shop.example/'>Shop</a> <a href='{{{{ unsubscribe_url }}}}'>Stop</a></p>"
    )
    return {"kind": "template", "key": key, "name": subject, "channel": "email", "subject": subject, "html": html}


DEFINITIONS: tuple[dict[str, Any], ...] = (
    _template("welcome", "Welcome, {{ profile.firstName }}"),
    _template("confirmation", "Your order"),
    _template("cart", "You left something"),
    {"kind": "segment", "key": "buyers", "name": "Buyers", "when": {"event": "Order Completed"}},
    {
        "kind": "journey",
        "key": "welcome",
        "entry": {"event": "Signed Up"},
        "reentry": "once",
        "topic": "news",
        "steps": [{"send": {"channel": "email", "template": "welcome"}}],
    },
    {
        "kind": "journey",
        "key": "confirmation",
        "entry": {"event": "Order Completed"},
        "correlate": "order_id",
        "reentry": "once",
        "class": "transactional",
        "steps": [{"send": {"channel": "email", "template": "confirmation"}}],
    },
    {
        "kind": "journey",
        "key": "cart",
        "entry": {"event": "Product Added"},
        "correlate": "cart_id",
        "reentry": "once",
        "topic": "news",
        "exit_when": {"event": "Order Completed"},
        "steps": [
            {"wait": f"{CART_WAIT.seconds}s"},
            {"send": {"channel": "email", "template": "cart"}},
        ],
    },
)
