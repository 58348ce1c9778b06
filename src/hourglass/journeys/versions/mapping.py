"""Which step of another version somebody goes to who waits in this one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Literal

from msgspec import Struct

from hourglass.journeys.program import Node, Program
from hourglass.kernel import Malformed

How = Literal["waits_on", "begins", "stays", "leaves"]
Waits = Literal["keep", "anew"]
STAY, LEAVE = "stay", "leave"


class Going(Struct, frozen=True, kw_only=True):
    """What becomes of those on a step. `waits_on`: how long they wait on; `begins`: the step from its start."""

    how: How
    to: str | None = None
    shift: timedelta = timedelta()
    """By how much their due time moves."""


class Plan(Struct, frozen=True, kw_only=True):
    """Steps by `id` or path: those named go where it says, others to the step that is the same, else `rest`."""

    steps: Mapping[str, str]
    rest: str
    waits: Waits


def going(plan: Plan, old: Program, new: Program) -> dict[str, Going]:
    """By the path of every step of the old version. Raises Malformed for a step that is not there."""
    stated = {
        place(old, one, "map", "old"): place(new, other, f"map.{one}", "new") for one, other in plan.steps.items()
    }
    rest = None if plan.rest in (STAY, LEAVE) else place(new, plan.rest, "rest", "new")
    return {
        path: _going(plan, node, new.nodes[to] if (to := stated.get(path) or _same(node, new) or rest) else None)
        for path, node in old.nodes.items()
    }


def loops(old: Program, new: Program) -> Iterator[tuple[str, str]]:
    """The loops of the old version that are in the new one: whoever is inside goes on counting there."""
    for path, node in old.nodes.items():
        to = _same(node, new) if node.kind == "repeat" else None
        if to is not None:
            yield path, to


def changes(old: Program, new: Program) -> tuple[list[str], list[str]]:
    """What people call the steps that are gone from the new version, and those that are different there."""
    named = {node.id for node in new.nodes.values()}
    gone = [
        node.id or path for path, node in old.nodes.items() if not (node.id in named if node.id else path in new.nodes)
    ]
    changed = [
        node.id or path
        for path, node in old.nodes.items()
        if (node.id or path) not in gone and _told(node) != _told(new.nodes[place(new, node.id or path, "", "new")])
    ]
    return gone, changed


def place(program: Program, named: str, where: str, which: str) -> str:
    """The path of a step that is named by its `id` or path."""
    found = next((path for path, node in program.nodes.items() if named in (path, node.id)), None)
    if found is None:
        raise Malformed(f"There is no step “{named}” in the {which} version; name its `id` or its path.", path=where)
    return found


def _going(plan: Plan, node: Node, to: Node | None) -> Going:
    awaited = node.step.awaits()
    if awaited is not None and awaited.own:
        return Going(how="stays")  # the answer of the other system would not find them
    if to is None:
        return Going(how="leaves" if plan.rest == LEAVE else "stays")
    heard = to.step.awaits()
    alike = to.kind == node.kind and (awaited is None) == (heard is None)
    if plan.waits == "anew" or not alike:
        return Going(how="begins", to=to.path)
    shift = heard.timeout - awaited.timeout if heard and awaited else timedelta()
    return Going(how="waits_on", to=to.path, shift=shift)


def _same(node: Node, new: Program) -> str | None:
    """By its `id`; a step without one is the same when it says the same in the same place."""
    if node.id is not None:
        return next((path for path, one in new.nodes.items() if one.id == node.id), None)
    other = new.nodes.get(node.path)
    return node.path if other is not None and other.id is None and _told(other) == _told(node) else None


def _told(node: Node) -> tuple[str, str]:
    """What a step is, wherever it stands."""
    return node.kind, node.step.summary()
