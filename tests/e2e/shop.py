"""A small shop to which something has happened: people, carts, orders, and a mail in the inbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx

import hourglass.demo
from tests.live import Live
from tests.waiting import until

DEFINITIONS = Path(hourglass.demo.__file__).with_name("shop")
PEOPLE = (("anna", "Anna Berg"), ("boris", "Борис Иванов"), ("noor", "نور الهاشمي"), ("li", "李娜 🛍"))


def open_shop(live: Live) -> None:
    """The demo's marketing, and a day of trade."""
    live.command("apply", str(DEFINITIONS))
    for recipe in ("abandoned-cart", "order-placed", "welcome"):
        live.command("recipes", "add", recipe, "--live")
    calls = [call for number, (user, name) in enumerate(PEOPLE) for call in _visit(user, name, number)]
    batch = {"batch": calls, "sentAt": datetime.now(UTC).isoformat()}
    httpx.post(f"{live.url}/v1/batch", json=batch, auth=(live.write_key, ""), timeout=20).raise_for_status()
    until(lambda: live.ask("/api/inbox")["mails"], 60)


def _visit(user: str, name: str, number: int) -> list[dict[str, Any]]:
    first, _, last = name.partition(" ")
    consents = {"email": {"marketing": True, "news": True}}
    traits = {"email": f"{user}@example.com", "firstName": first, "lastName": last, "consents": consents}
    product = {"product_id": "85123A", "name": "White hanging heart", "price": 2.55, "quantity": 6, "currency": "EUR"}
    calls = [
        {"type": "identify", "traits": traits},
        _track("Signed Up"),
        _track("Product Viewed", **product),
        _track("Product Added", cart_id=f"cart-{user}", **product),
    ]
    if number % 2 == 0:
        calls.append(
            _track("Order Completed", order_id=f"order-{user}", revenue=15.3, currency="EUR", products=[product])
        )
    at = datetime.now(UTC) - timedelta(minutes=len(calls))
    return [
        {
            **call,
            "userId": user,
            "messageId": f"{user}-{place}",
            "timestamp": (at + timedelta(minutes=place)).isoformat(),
        }
        for place, call in enumerate(calls)
    ]


def _track(event: str, **properties: Any) -> dict[str, Any]:
    return {"type": "track", "event": event, "properties": properties}
