"""What stands in for a value that is not there, and which values a message cannot do without."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast


def fill_in(known: dict[str, Any], fallbacks: Mapping[str, Any]) -> None:
    """Put the author's word wherever a path leads to nothing. What was handed over is copied before it is changed."""
    for path, value in fallbacks.items():
        if not _there(look_up(known, path)):
            _put(known, path.split("."), value)


def lacking(known: Mapping[str, Any], required: Iterable[str]) -> list[str]:
    """The paths that lead to nothing."""
    return [path for path in required if not _there(look_up(known, path))]


def look_up(known: Mapping[str, Any], path: str) -> Any:
    """The value at `profile.address.city`; None when some step of the way is not there."""
    value: Any = known
    for name in path.split("."):
        value = cast("Mapping[str, Any]", value).get(name) if isinstance(value, Mapping) else None
    return value


def _there(value: Any) -> bool:
    """An empty text or list is nothing; zero and false are something."""
    return value is not None and value not in ("", [], {}) and not (isinstance(value, str) and not value.strip())


def _put(place: dict[str, Any], names: list[str], value: Any) -> None:
    for name in names[:-1]:
        inner = place.get(name)
        copied: dict[str, Any] = dict(cast("Mapping[str, Any]", inner)) if isinstance(inner, Mapping) else {}
        place[name] = copied
        place = copied
    place[names[-1]] = value
