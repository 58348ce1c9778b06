"""Segments as definitions, and the live ones compiled: made once per set of definitions, then reused by every tick."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from hourglass.audience.compile import Compiled, compile_conditions
from hourglass.audience.condition import Condition, InSegment, leaves
from hourglass.audience.parse import parse_condition
from hourglass.definitions import Kind, live, stamp
from hourglass.kernel import Malformed, Workspace, WorkspaceId, exponent
from hourglass.postgres import Transaction

_FIELDS = {"kind", "key", "name", "description", "state", "when"}


class Segment(Struct, frozen=True, kw_only=True):
    """Who belongs: a name and a condition."""

    key: str
    name: str
    when: Condition


class LiveSegments(Struct, frozen=True, kw_only=True):
    """The segments in force: compiled together, with ids and versions by key."""

    stamp: int
    ids: dict[str, int]
    versions: dict[str, int]
    compiled: Compiled


def read_segment(document: Mapping[str, Any]) -> Segment:
    """A document to a segment, or Malformed with the path."""
    strange = sorted(document.keys() - _FIELDS)
    if strange:
        raise Malformed(f"A segment has no field “{strange[0]}”; known: {', '.join(sorted(_FIELDS))}.", path=strange[0])
    when = parse_condition(document.get("when"), "when")
    if any(isinstance(leaf, InSegment) and leaf.key == document["key"] for leaf in leaves(when)):
        raise Malformed("A segment cannot be a part of itself.", path="when")
    return Segment(key=str(document["key"]), name=str(document.get("name") or document["key"]), when=when)


SEGMENT = Kind(name="segment", read=read_segment)


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
    conditions = {definition.key: read_segment(definition.body).when for definition in found}
    return LiveSegments(
        stamp=now,
        ids={definition.key: definition.id for definition in found},
        versions={definition.key: definition.version for definition in found},
        compiled=compile_conditions(conditions, exponent(workspace.currency)),
    )
