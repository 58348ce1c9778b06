"""Front doors that open name by name, so that nobody loads what they do not use."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any


def look_up(package: str, rooms: Mapping[str, tuple[str, ...]], name: str) -> Any:
    """What a package's `__getattr__` answers: a name from the one of its modules that has it, or AttributeError.

    No module may be called like a name: once loaded, it would be found instead.
    """
    for room, names in rooms.items():
        if name in names:
            return getattr(import_module(f"{package}.{room}"), name)
    raise AttributeError(name)
