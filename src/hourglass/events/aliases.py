"""Many dialects, one language: names and properties of other vocabularies become the canonical e-commerce ones."""

from __future__ import annotations

from typing import Any, Final

from hourglass.events.dialects.dialect import Dialect
from hourglass.events.dialects.ga4 import GA4
from hourglass.events.dialects.klaviyo import KLAVIYO
from hourglass.events.dialects.segment_v1 import SEGMENT_V1
from hourglass.events.event import Dropped, Event
from hourglass.events.vocabulary import VOCABULARY

DIALECTS: Final[tuple[Dialect, ...]] = (GA4, KLAVIYO, SEGMENT_V1)

_ALIASES: Final = {name: (dialect, canonical) for dialect in DIALECTS for name, canonical in dialect.names.items()}
_CANONICAL: Final = {name: name for name in VOCABULARY}
"""One text for all events of a name: every later stage compares names, and a text it has met costs least."""
_LOOSE: Final = {name.lower(): name for name in VOCABULARY}


def canonical_name(event: Event) -> Event | Dropped:
    """`purchase` and `Placed Order` become `Order Completed`, with their properties; a shop's own names stay."""
    name = event.name
    known = _CANONICAL.get(name)
    if known is not None:
        event.name = known
        return event
    alias = _ALIASES.get(name)
    if alias is None:
        event.name = _LOOSE.get(name.lower().replace("_", " "), name)
        return event
    dialect, event.name = alias
    event.properties = translated(dialect, event.name, event.properties)
    return event


def translated(dialect: Dialect, canonical: str, theirs: dict[str, Any]) -> dict[str, Any]:
    """Their properties in canonical words; a canonical key that is already there wins, unknown keys pass."""
    words = dialect.properties | dialect.per_event.get(canonical, {})
    ours = _renamed(theirs, words)
    lines = ours.get("products")
    if isinstance(lines, list):
        ours["products"] = [
            _renamed(line, dialect.lines) if isinstance(line, dict) else line  # pyright: ignore[reportUnknownArgumentType]
            for line in lines  # pyright: ignore[reportUnknownVariableType]
        ]
        if canonical in dialect.single and ours["products"] and isinstance(ours["products"][0], dict):
            ours = {**ours["products"][0], **ours}
            if len(ours["products"]) == 1:
                del ours["products"]
    return ours


def _renamed(theirs: dict[str, Any], words: dict[str, str]) -> dict[str, Any]:
    ours = {key: value for key, value in theirs.items() if key not in words}
    for key, value in theirs.items():
        word = words.get(key)
        if word is not None:
            ours.setdefault(word, value)
    categories = ours.get("categories")
    if "category" not in ours and isinstance(categories, list) and categories:
        ours["category"] = categories[0]
    return ours
