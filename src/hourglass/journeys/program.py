"""The steps of a journey as a program: every step by its path in the document, each knowing what comes next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from hourglass.audience import meant
from hourglass.journeys.loops import comes_again, endless
from hourglass.journeys.steps import STEPS, SendStep, Step
from hourglass.kernel import Malformed

_NESTING = 10
_OF_ANY = frozenset({"id", "name"})
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,39}")


class Node(Struct, frozen=True, kw_only=True):
    """A step in its place: `next` is the path that follows, None at the end."""

    path: str
    kind: str
    """The word that stands in the document."""
    step: Step
    next: str | None
    id: str | None = None
    """Its label: where `go` leads, and under which the run keeps what it learnt here."""
    name: str | None = None
    """As its author calls it."""
    again: bool = False
    """Whether it is part of a loop."""


class Program(Struct, frozen=True, kw_only=True):
    """All steps by path; `start` is None for a journey without steps."""

    start: str | None
    nodes: dict[str, Node]

    @property
    def may_fall_back(self) -> bool:
        """Whether a message of it may leave by another channel than the first."""
        return any(isinstance(node.step, SendStep) and node.step.send.others for node in self.nodes.values())

    @property
    def awaited(self) -> set[str]:
        """The events that move on who waits for them."""
        return {one.event for node in self.nodes.values() if (one := node.step.awaits()) is not None}


def compile_steps(document: object) -> Program:
    """Read the list of steps and those nested in them, or Malformed with the path."""
    nodes: dict[str, Node] = {}
    start = _sequence(document, "steps", None, nodes, 0)
    if start is None:
        raise Malformed("A journey has one step at least.", path="steps")
    return Program(start=start, nodes=_linked(nodes))


def _linked(nodes: Mapping[str, Node]) -> dict[str, Node]:
    """The same steps, each knowing the labels of the others and whether it is part of a loop."""
    places: dict[str, str] = {}
    for path, node in nodes.items():
        if node.id is not None and places.setdefault(node.id, path) != path:
            raise Malformed(f"“{node.id}” is the id of another step already, {places[node.id]}.", path=path)
    steps = {path: node.step.linked(places, path) for path, node in nodes.items()}
    placed = {path: (steps[path], node.next) for path, node in nodes.items()}
    stuck = endless(placed)
    if stuck is not None:
        raise Malformed("From here the journey comes back here without a wait: put one into the loop.", path=stuck)
    loops = comes_again(placed)
    return {path: replace(node, step=steps[path], again=path in loops) for path, node in nodes.items()}


def _sequence(document: object, path: str, after: str | None, nodes: dict[str, Node], depth: int) -> str | None:
    """Put a list of steps into `nodes`; the answer is the path where it begins, or `after` when it is empty."""
    if depth > _NESTING:
        raise Malformed(f"Steps nest deeper than {_NESTING} levels.", path=path)
    if not isinstance(document, list):
        raise Malformed("Here stands a list of steps, each with a dash: - wait: 1h.", path=path)
    items = cast("Sequence[object]", document)
    for i, item in enumerate(items):
        here = f"{path}[{i}]"
        following = f"{path}[{i + 1}]" if i + 1 < len(items) else after
        kind, body = _kind(item, here)

        def inner(
            steps: object, place: str, /, *, back_to: str | None = None, following: str | None = following
        ) -> str | None:
            return _sequence(steps, place, back_to or following, nodes, depth + 1)

        own = {word: value for word, value in body.items() if word not in _OF_ANY}
        id_, name = _text(body, "id", here), _text(body, "name", here)
        if id_ is not None and not _ID.fullmatch(id_):
            raise Malformed("The id of a step is a word of letters, digits and _.", path=f"{here}.id")
        step = STEPS[kind](own, here, inner)
        nodes[here] = Node(path=here, kind=kind, step=step, next=following, id=id_, name=name)
    return f"{path}[0]" if items else after


def _kind(item: object, path: str) -> tuple[str, Mapping[str, Any]]:
    if not isinstance(item, dict):
        raise Malformed(f"A step is a map like {{wait: 1h}}; here stands “{item}”.", path=path)
    body = cast("dict[str, Any]", item)
    kinds = [kind for kind in STEPS if kind in body]
    if len(kinds) > 1:
        raise Malformed(f"This step says {' and '.join(kinds)}: make a step of each.", path=path)
    if not kinds:
        strange = [str(word) for word in body if word not in _OF_ANY]
        said = f"There is no step “{strange[0]}”." if strange else "This step says nothing of what it does."
        near = meant(strange[0], STEPS) if strange else ""
        raise Malformed(f"{said}{near} A step is one of {', '.join(sorted(STEPS))}.", path=path)
    return kinds[0], body


def _text(body: Mapping[str, Any], word: str, path: str) -> str | None:
    value = body.get(word)
    if value is not None and (not isinstance(value, str) or not value):
        raise Malformed(f"`{word}` is a text.", path=f"{path}.{word}")
    return value
