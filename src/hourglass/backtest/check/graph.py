"""What the graph alone tells: steps nobody reaches, ends that do nothing, loops without a way out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hourglass.backtest.check.todo import Todo, todo
from hourglass.journeys import BanditStep, Journey, Node

_IDLE = {"wait", "throttle", "batch", "digest", "branch", "split", "bandit", "repeat", "go", "goal", "exit"}
"""Kinds of steps that only lead people."""


def graph_todos(journey: Journey) -> Iterator[Todo]:
    """In the order of the document."""
    nodes = journey.program.nodes
    ways = {path: list(node.step.ways(node.next)) for path, node in nodes.items()}
    reached = _reached_from([journey.program.start], ways)
    ending = _ending(ways)
    for path, node in nodes.items():
        if path not in reached:
            yield todo("should", "unreachable", path)
        elif path not in ending:
            yield todo("must", "no_way_out", path)
        elif node.kind == "wait" and ways[path] == [None] and journey.goal is None:
            yield todo("know", "idle_end", path)
        if isinstance(node.step, BanditStep) and node.step.bandit.reward == "goal" and not _has_goal(journey):
            yield todo("should", "no_goal", path)
        if node.kind == "repeat" and path in _at_once(path, nodes):
            yield todo("should", "repeats_at_once", path)
    if all(nodes[path].kind in _IDLE for path in reached):
        yield todo("must", "nothing_done", "steps")


def _has_goal(journey: Journey) -> bool:
    return journey.goal is not None or any(node.kind == "goal" for node in journey.program.nodes.values())


def _at_once(path: str, nodes: Mapping[str, Node]) -> set[str]:
    """Where its runs may come to from a loop without any time passing."""
    inside = [way for way in nodes[path].step.ways(None) if way not in nodes[path].step.at_once(None)]
    return _reached_from(
        inside, {one: list(node.step.at_once(node.next)) for one, node in nodes.items() if one != path}
    )


def _reached_from(starts: Iterable[str | None], ways: Mapping[str, list[str | None]]) -> set[str]:
    found: set[str] = set()
    rest = list(starts)
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
