"""Every identifier an event states about its person, as stated; making them comparable is for profiles."""

from __future__ import annotations

from typing import Any

from hourglass.events.event import Event


def identifiers(event: Event) -> list[tuple[str, str]]:
    """(kind, value) pairs: user_id, anonymous_id, and e-mail and phone from an identify's or the context's traits."""
    found: list[tuple[str, str]] = []
    if event.user_id is not None:
        found.append(("user_id", event.user_id))
    if event.anonymous_id is not None:
        found.append(("anonymous_id", event.anonymous_id))
    if event.kind == "identify" and event.traits:
        _addresses(event.traits, found)
    traits = event.context.get("traits")
    if isinstance(traits, dict):
        _addresses(traits, found)  # pyright: ignore[reportUnknownArgumentType]
    return found


def _addresses(traits: dict[str, Any], found: list[tuple[str, str]]) -> None:
    for kind in ("email", "phone"):
        value = traits.get(kind)
        if isinstance(value, str) and value and (kind, value) not in found:
            found.append((kind, value))
