"""The steps of a journey as a program: every step by its path in the document, each knowing what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from msgspec import Struct

from hourglass.journeys.steps import STEPS, Step
from hourglass.kernel import Malformed

_NESTING = 10


class Node(Struct, frozen=True, kw_only=True):
    """A step in its place: `next` is the path that follows, None at the end."""

    path: str
    kind: str
    """The word that stands in the document."""
    step: Step
    next: str | None


class Program(Struct, frozen=True, kw_only=True):
    """All steps by path; `start` is None for a journey without steps."""

    start: str | None
    nodes: dict[str, Node]


def compile_steps(document: object) -> Program:
    """Read the list of steps and those nested in them, or Malformed with the path."""
    nodes: dict[str, Node] = {}
    start = _sequence(document, "steps", None, nodes, 0)
    if start is None:
        raise Malformed("A journey has one step at least.", path="steps")
    return Program(start=start, nodes=nodes)


def _sequence(document: object, path: str, after: str | None, nodes: dict[str, Node], depth: int) -> str | None:
    """Put a list of steps into `nodes`; the answer is the path where it begins, or `after` when it is empty."""
    if depth > _NESTING:
        raise Malformed(f"Steps nest deeper than {_NESTING} levels.", path=path)
    if not isinstance(document, list):
        raise Malformed("Here stands a list of steps.", path=path)
    items = cast("Sequence[object]", document)
    for i, item in enumerate(items):
        here = f"{path}[{i}]"
        following = f"{path}[{i + 1}]" if i + 1 < len(items) else after
        kind, body = _kind(item, here)

        def inner(steps: object, place: str, following: str | None = following) -> str | None:
            return _sequence(steps, place, following, nodes, depth + 1)

        nodes[here] = Node(path=here, kind=kind, step=STEPS[kind](body, here, inner), next=following)
    return f"{path}[0]" if items else after


def _kind(item: object, path: str) -> tuple[str, Mapping[str, Any]]:
    if not isinstance(item, dict):
        raise Malformed(f"A step is one of {', '.join(sorted(STEPS))}.", path=path)
    body = cast("dict[str, Any]", item)
    kinds = [kind for kind in STEPS if kind in body]
    if len(kinds) != 1:
        raise Malformed(f"A step is exactly one of {', '.join(sorted(STEPS))}.", path=path)
    return kinds[0], body
