"""Segments made of segments: the inner conditions are put in their place, so that one pass answers all of them."""

from __future__ import annotations

from collections.abc import Mapping

from hourglass.audience.leaves import InSegment, Leaf
from hourglass.audience.tree.condition import Condition, leaves, replace


def expand(conditions: Mapping[str, Condition]) -> dict[str, Condition]:
    """Every condition without the segments that are among `conditions`; lists and strangers stay as they are."""
    done: dict[str, Condition] = {}

    def whole(key: str, above: frozenset[str]) -> Condition:
        if key not in done:
            within = above | {key}

            def inner(leaf: Leaf) -> Condition:
                if not isinstance(leaf, InSegment) or leaf.key not in conditions or leaf.key in within:
                    return leaf
                return whole(leaf.key, within)

            done[key] = replace(conditions[key], inner)
        return done[key]

    return {key: whole(key, frozenset()) for key in conditions}


def find_loop(start: str, conditions: Mapping[str, Condition | None]) -> list[str]:
    """The way from a segment back to itself, or nothing."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        condition = conditions.get(way[-1])
        for leaf in leaves(condition) if condition is not None else ():
            if not isinstance(leaf, InSegment):
                continue
            if leaf.key == start:
                return [*way, start]
            if leaf.key not in seen:
                seen.add(leaf.key)
                ways.append([*way, leaf.key])
    return []
