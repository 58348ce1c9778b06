"""A small shop whose segments live: who is in which after the ticks so far."""

from __future__ import annotations

from typing import Any

from tests.engine.shop import Shop


def segments(shop: Shop, **conditions: Any) -> None:
    """Define a segment by each of these names, and build it."""
    shop.define(*({"kind": "segment", "key": key, "name": key, "when": when} for key, when in conditions.items()))
    shop.tick()


def members(shop: Shop, key: str) -> set[str]:
    """The user ids of its members."""
    rows = shop.rows(
        "SELECT i.value FROM segment_members m JOIN definitions d ON d.id = m.segment_id"
        " JOIN identities i ON i.profile_id = m.profile_id AND i.kind = 'user_id' WHERE d.key = %s",
        key,
    )
    return {row[0] for row in rows}


def person(user: str, **traits: Any) -> dict[str, Any]:
    return {"type": "identify", "userId": user, "traits": traits}


def did(user: str, event: str, **properties: Any) -> dict[str, Any]:
    return {"type": "track", "userId": user, "event": event, "properties": properties}
