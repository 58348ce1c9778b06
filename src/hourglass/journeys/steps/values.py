"""Values of actions: as they stand, or with Liquid that is filled in for each person when the action is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from hourglass.messages import Phrase, read_phrase

KNOWN = ("event", "profile", "steps", "promo", "journey", "shop", "now")
"""What Liquid may speak of: the event that let the person in, the person, what earlier steps brought, ..."""
Value = Any
"""JSON in which some texts are a `Phrase`."""


def read_value(value: object, path: str) -> Value:
    """A value of a document, its texts with Liquid parsed. Raises Malformed with the place."""
    if isinstance(value, str):
        return read_phrase(value, path, KNOWN) if "{{" in value or "{%" in value else value
    if isinstance(value, dict):
        items = cast("dict[str, object]", value)
        return {name: read_value(one, f"{path}.{name}") for name, one in items.items()}
    if isinstance(value, list):
        return [read_value(one, f"{path}[{i}]") for i, one in enumerate(cast("list[object]", value))]
    return value


def fill_value(value: Value, known: Mapping[str, Any]) -> Any:
    """The value for one person; in a map, what is missing for them is left out. Raises Malformed."""
    if isinstance(value, Phrase):
        return value.fill(known)
    if isinstance(value, dict):
        filled = {name: (one, fill_value(one, known)) for name, one in cast("dict[str, Value]", value).items()}
        return {name: made for name, (one, made) in filled.items() if made is not None or not isinstance(one, Phrase)}
    if isinstance(value, list):
        return [fill_value(one, known) for one in cast("list[Value]", value)]
    return value


def names_in(value: Value) -> Iterator[str]:
    """Which of the known names a value speaks of."""
    if isinstance(value, Phrase):
        yield from value.roots
    elif isinstance(value, dict):
        for one in cast("dict[str, Value]", value).values():
            yield from names_in(one)
    elif isinstance(value, list):
        for one in cast("list[Value]", value):
            yield from names_in(one)
