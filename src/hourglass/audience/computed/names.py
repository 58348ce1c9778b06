"""Which traits are computed ones, told by their names alone: asked by every tick, so it loads nothing."""

from __future__ import annotations

from typing import Final

FAMILY_NAMES: Final = ("rfm", "value", "lifecycle", "favourite", "price", "engagement", "cluster")


def is_computed(trait: str) -> bool:
    """Whether a condition that names this trait means a computed one: `<family>.<name>`."""
    family, dot, name = trait.partition(".")
    return bool(dot and name) and family in FAMILY_NAMES
