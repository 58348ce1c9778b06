"""Which steps a run may come to again, and which loops would never end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from hourglass.journeys.steps import Step

Placed = Mapping[str, tuple[Step, str | None]]
"""Steps by path, each with the path that follows."""


def comes_again(placed: Placed) -> frozenset[str]:
    """The steps of loops."""
    edges = {path: _paths(step.ways(then)) for path, (step, then) in placed.items()}
    return frozenset(path for path in edges if path in _reached(edges, path))


def endless(placed: Placed) -> str | None:
    """A step that leads back to itself within one tick, with nothing that ends it; None when all is well."""
    edges = {path: _paths(step.at_once(then)) for path, (step, then) in placed.items()}
    return next((path for path in edges if path in _reached(edges, path)), None)


def _paths(ways: Iterable[str | None]) -> list[str]:
    return [way for way in ways if way is not None]


def _reached(edges: Mapping[str, Sequence[str]], start: str) -> set[str]:
    """Everything that can follow a step."""
    found: set[str] = set()
    open_ends = list(edges[start])
    while open_ends:
        path = open_ends.pop()
        if path not in found:
            found.add(path)
            open_ends += edges[path]
    return found
