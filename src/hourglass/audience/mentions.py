"""The names of events, properties, traits and channels that a document speaks of, each with its place.

Read from the document itself, whatever form a condition has in it: segments, sequences and journeys alike.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal, cast

from msgspec import Struct

_BY_FIELD: tuple[tuple[str, Literal["trait", "channel"]], ...] = (
    ("trait", "trait"),
    ("date", "trait"),
    ("reachable", "channel"),
)
_MEASURED = ("sum", "avg", "min", "max", "distinct", "first", "last", "of")


class Mention(Struct, frozen=True, kw_only=True):
    """A name and where it stands; a property belongs to an event."""

    path: str
    of: Literal["event", "property", "trait", "channel"]
    name: str
    event: str = ""


def mentions(document: object, path: str, event: str = "") -> Iterator[Mention]:
    """Everything below a node; `event` is the one around it."""
    if isinstance(document, list):
        for place, item in enumerate(cast("list[object]", document)):
            yield from mentions(item, f"{path}[{place}]", event)
    if isinstance(document, dict):
        node = cast("dict[str, Any]", document)
        yield from _named(node, path, event)
        for field, value in node.items():
            if field == "emit":  # that is told here, and need not have come
                continue
            yield from mentions(value, f"{path}.{field}" if path else field, _event_of(node) or event)


def _named(node: dict[str, Any], path: str, event: str) -> Iterator[Mention]:
    told, inside = _event_of(node), f"{path}." if path else ""
    if told:
        yield Mention(path=f"{inside}event", of="event", name=told)
    for field, of in _BY_FIELD:
        if isinstance(node.get(field), str):
            yield Mention(path=f"{inside}{field}", of=of, name=node[field])
    for form in ("consent", "messages"):
        asked = cast("dict[str, Any]", node[form]) if isinstance(node.get(form), dict) else {}
        if isinstance(asked.get("channel"), str):
            yield Mention(path=f"{inside}{form}.channel", of="channel", name=asked["channel"])
    if event and isinstance(node.get("property"), str):
        yield Mention(path=f"{inside}property", of="property", name=node["property"], event=event)
    if event and path.rpartition(".")[2] in ("measure", "share"):
        for field in _MEASURED:
            if isinstance(node.get(field), str):
                yield Mention(path=f"{inside}{field}", of="property", name=node[field], event=event)


def _event_of(node: dict[str, Any]) -> str:
    told = node.get("event")
    return told if isinstance(told, str) else ""
