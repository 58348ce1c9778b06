"""Looks through a compiled journey without knowing its kinds of steps: conditions, paths and words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from msgspec import Struct

from hourglass.audience import Leaf


def inside(thing: object) -> Iterator[object]:
    """The thing and everything it is made of, outer first; structs, sequences and mappings are looked into."""
    yield thing
    if isinstance(thing, Struct):
        for name in thing.__struct_fields__:
            yield from inside(getattr(thing, name))
    elif isinstance(thing, Mapping):
        for value in cast("Mapping[Any, object]", thing).values():
            yield from inside(value)
    elif isinstance(thing, (list, tuple, frozenset)):
        for value in cast("list[object]", thing):
            yield from inside(value)


def leaves_in(thing: object) -> list[Leaf]:
    """Every atomic condition in it, each once."""
    return list(dict.fromkeys(one for one in inside(thing) if isinstance(one, Leaf)))


def texts_in(thing: object) -> set[str]:
    """Every text in it."""
    return {one for one in inside(thing) if isinstance(one, str)}


def sendings(thing: object) -> list[tuple[str, str]]:
    """(channel, template) of everything in it that sends, in the order in which it is tried."""
    told = ((getattr(one, "channel", None), getattr(one, "template", None)) for one in inside(thing))
    return [(channel, key) for channel, key in told if isinstance(channel, str) and isinstance(key, str)]
