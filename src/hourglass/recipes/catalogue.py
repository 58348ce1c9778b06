"""The library of recipes, read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
import yaml

from hourglass.kernel import NotFound
from hourglass.recipes.recipe import STAGES, Recipe

_LIBRARY = Path(__file__).with_name("library")


def recipes() -> list[Recipe]:
    """All of them, by stage of the hourglass and key."""
    return list(_all().values())


def recipe(key: str) -> Recipe:
    """The one of that key, or NotFound."""
    if key not in _all():
        raise NotFound(f"There is no recipe “{key}”; `hourglass recipes list` shows all of them.")
    return _all()[key]


@cache
def _all() -> dict[str, Recipe]:
    read = [_read(path) for path in _LIBRARY.glob("*/recipe.yaml")]
    order = list(STAGES)
    return {one.key: one for one in sorted(read, key=lambda one: (order.index(one.stage), one.key))}


def _read(path: Path) -> Recipe:
    return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Recipe)
