"""A journey of some actions, and the event that lets people in."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import pytest


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


@contextmanager
def broken_once(shop: Any, monkeypatch: pytest.MonkeyPatch) -> Generator[None]:
    """The first tick with events fails after everything was written."""
    journeys = shop.worker._engine._journeys
    real, failing = journeys.advance, [True]

    def broken(tx: Any, workspace: Any, batch: Any, *args: Any, **more: Any) -> Any:
        advanced = real(tx, workspace, batch, *args, **more)
        if failing and batch.events:
            failing.clear()
            raise RuntimeError("after everything was written")
        return advanced

    with monkeypatch.context() as patch:
        patch.setattr(journeys, "advance", broken)
        yield
    assert not failing
