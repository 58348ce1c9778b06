"""A field of a JSON object by its name, which may lead inside: `city`, `address.city`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, cast

_PLACE = re.compile(r"-?[0-9]{1,9}")


def field_of(document: Mapping[str, Any], name: str) -> Any:
    """The value, or None; a key that has the dot in its name goes before the way inside. Lists are counted from 0."""
    found = document.get(name)
    if found is not None or "." not in name:
        return found
    inside: Any = document
    for step in name.split("."):
        inside = _step(inside, step)
    return inside


def _step(inside: object, step: str) -> Any:
    if isinstance(inside, dict):
        return cast("dict[str, Any]", inside).get(step)
    if isinstance(inside, list) and _PLACE.fullmatch(step):
        items, place = cast("list[Any]", inside), int(step)
        return items[place] if -len(items) <= place < len(items) else None
    return None
