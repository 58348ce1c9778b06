"""A journey of some actions, and the event that lets people in."""

from __future__ import annotations

from typing import Any


def journey(*steps: dict[str, Any], key: str = "thanks", event: str = "Product Viewed", **more: Any) -> dict[str, Any]:
    return {"kind": "journey", "key": key, "entry": {"event": event}, "steps": list(steps), **more}


def viewed(user: str = "anna", **properties: Any) -> dict[str, Any]:
    return {"userId": user, "event": "Product Viewed", "properties": {"product_id": "tea", **properties}}


def ordered(user: str = "anna", order: str = "o1") -> dict[str, Any]:
    properties = {"order_id": order, "revenue": 20.0, "currency": "EUR"}
    return {"userId": user, "event": "Order Completed", "properties": properties}


def emit(event: str, **properties: Any) -> dict[str, Any]:
    return {"emit": {"event": event, "properties": properties}}


def notes(shop: Any) -> list[tuple[str, str, str | None]]:
    """(step, outcome, reason) of what actions came to."""
    return shop.rows(
        "SELECT step, outcome, detail->>'reason' FROM run_steps WHERE outcome IN ('did', 'not_done') "
        "ORDER BY run_id, at, step"
    )
