"""Segments as definitions, and the live ones compiled: made once per set of definitions, then reused by every tick."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from hourglass.audience.columns.needs import together
from hourglass.audience.leaves import InSegment
from hourglass.audience.tree.compile import Compiled, compile_conditions
from hourglass.audience.tree.condition import Condition, leaves
from hourglass.audience.tree.nesting import expand, find_loop
from hourglass.audience.tree.parse import parse_condition
from hourglass.audience.tree.schema import condition_schema, segment_schema
from hourglass.audience.tree.seen import doubts
from hourglass.definitions import Kind, list_all, live, stamp
from hourglass.kernel import Malformed, Workspace, WorkspaceId
from hourglass.postgres import Transaction

_FIELDS = {"kind", "key", "name", "description", "state", "when", "list"}


class Segment(Struct, frozen=True, kw_only=True):
    """Who belongs: a name and a condition; without one it is a static list, whose members are put in by hand."""

    key: str
    name: str
    when: Condition | None


class LiveSegments(Struct, frozen=True, kw_only=True):
    """The segments in force: compiled together, with ids and versions by key."""

    stamp: int
    ids: dict[str, int]
    versions: dict[str, int]
    compiled: Compiled
    watching: dict[str, frozenset[str]]
    """Which of them an event of that name may move."""

    def touched(self, names: Iterable[str]) -> set[str]:
        """The segments that events of these names may move."""
        return {key for name in names for key in self.watching.get(name, ())}


def read_segment(document: Mapping[str, Any]) -> Segment:
    """A document to a segment, or Malformed with the path."""
    strange = sorted(document.keys() - _FIELDS)
    if strange:
        raise Malformed(f"A segment has no field “{strange[0]}”; known: {', '.join(sorted(_FIELDS))}.", path=strange[0])
    key, name = str(document["key"]), str(document.get("name") or document["key"])
    if document.get("list") is True:
        if "when" in document:
            raise Malformed("A static list has no condition: its members are put in by hand.", path="when")
        return Segment(key=key, name=name, when=None)
    when = parse_condition(document.get("when"), "when")
    if any(isinstance(leaf, InSegment) and leaf.key == key for leaf in leaves(when)):
        raise Malformed("A segment cannot be a part of itself.", path="when")
    return Segment(key=key, name=name, when=when)


def refuse_circles(tx: Transaction, workspace_id: WorkspaceId, document: Mapping[str, Any]) -> None:
    """Raises Malformed that names the loop if this segment would come to be made of itself."""
    segment = read_segment(document)
    others = {found.key: read_segment(found.body).when for found in list_all(tx, workspace_id, SEGMENT.name)}
    loop = find_loop(segment.key, others | {segment.key: segment.when})
    if loop:
        shown = " → ".join(f"“{key}”" for key in loop)
        raise Malformed(f"Segments must not be made of each other in a circle: {shown}.", path="when")


SEGMENT = Kind(
    name="segment",
    read=read_segment,
    against=refuse_circles,
    doubts=doubts,
    schemas={"condition": condition_schema, "segment": segment_schema},
)


class SegmentCache:
    """The compiled segments of each workspace, renewed when its definitions changed."""

    def __init__(self) -> None:
        self._live: dict[WorkspaceId, LiveSegments] = {}

    def get(self, tx: Transaction, workspace: Workspace) -> LiveSegments:
        """The segments in force as of this transaction."""
        now = stamp(tx, workspace.id)
        cached = self._live.get(workspace.id)
        if cached is None or cached.stamp != now:
            cached = self._live[workspace.id] = _load(tx, workspace, now)
        return cached


def _load(tx: Transaction, workspace: Workspace, now: int) -> LiveSegments:
    found = live(tx, workspace.id, SEGMENT.name)
    whens = {definition.key: read_segment(definition.body).when for definition in found}
    conditions = expand({key: when for key, when in whens.items() if when is not None})
    compiled = compile_conditions(conditions, workspace)
    watching: dict[str, set[str]] = {}
    for key, condition in conditions.items():
        for name in together(leaf.needs() for leaf in leaves(condition)).watched:
            watching.setdefault(name, set()).add(key)
    return LiveSegments(
        stamp=now,
        ids={definition.key: definition.id for definition in found if definition.key in conditions},
        versions={definition.key: definition.version for definition in found if definition.key in conditions},
        compiled=compiled,
        watching={name: frozenset(keys) for name, keys in watching.items()},
    )
