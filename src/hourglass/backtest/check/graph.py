"""What the graph alone tells: steps nobody reaches, ends that do nothing, loops without a way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hourglass.backtest.check.todo import Todo, todo
from hourglass.journeys import Journey

_IDLE = {"wait", "branch", "split", "repeat", "go", "goal", "exit"}
"""Kinds of steps that only lead people."""


def graph_todos(journey: Journey) -> Iterator[Todo]:
    """In the order of the document."""
    nodes = journey.program.nodes
    ways = {path: list(node.step.ways(node.next)) for path, node in nodes.items()}
    reached = _reached(journey.program.start, ways)
    ending = _ending(ways)
    for path, node in nodes.items():
        if path not in reached:
            yield todo("should", "unreachable", path)
        elif path not in ending:
            yield todo("must", "no_way_out", path)
        elif node.kind == "wait" and ways[path] == [None] and journey.goal is None:
            yield todo("know", "idle_end", path)
    if all(nodes[path].kind in _IDLE for path in reached):
        yield todo("must", "nothing_done", "steps")


def _reached(start: str | None, ways: Mapping[str, list[str | None]]) -> set[str]:
    found: set[str] = set()
    rest = [start]
    while rest:
        path = rest.pop()
        if path is not None and path not in found:
            found.add(path)
            rest += ways.get(path, [])
    return found


def _ending(ways: Mapping[str, list[str | None]]) -> set[str]:
    """Steps from which some way leads to an end."""
    found = {path for path, its in ways.items() if not its or None in its}
    while True:
        more = {path for path, its in ways.items() if path not in found and found.intersection(filter(None, its))}
        if not more:
            return found
        found |= more
