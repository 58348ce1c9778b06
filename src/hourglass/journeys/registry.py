"""The journeys in force, compiled; and older versions, for the people who still stand on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import structlog
from msgspec import Struct

from hourglass.audience import SEGMENT, Compiled, Condition, compile_conditions, leaves
from hourglass.definitions import at_versions, list_all, stamp
from hourglass.journeys.document import JOURNEY, Journey, read_journey
from hourglass.journeys.entries.way import OnSegment
from hourglass.kernel import Malformed, Workspace, WorkspaceId
from hourglass.postgres import Transaction

_say = structlog.get_logger(__name__)


class Standing(Struct, frozen=True, kw_only=True):
    """One version of one journey, ready to run."""

    id: int
    version: int
    journey: Journey
    asks: Compiled


class Listening(Struct, frozen=True, kw_only=True):
    """The newest versions: which let people in, by event name, and which move people on.

    `ending` and `awaiting` say which events may end or move on runs of which journeys, in any of their versions.
    """

    stamp: int
    entries: dict[str, list[Standing]]
    live: dict[int, Standing]
    """Those that let people in and move them, by id."""
    segments: dict[int, list[Standing]]
    """Those that people enter by coming into a segment or leaving it, by the id of the segment."""
    moving: frozenset[int]
    ending: dict[str, set[int]]
    awaiting: dict[str, set[int]]


class Journeys:
    """Compiled journeys of each workspace, renewed when its definitions changed; old versions are kept for good."""

    def __init__(self) -> None:
        self._listening: dict[WorkspaceId, Listening] = {}
        self._versions: dict[tuple[int, int], Standing] = {}
        self._exits: dict[tuple[str, ...], Compiled] = {}

    def listening(self, tx: Transaction, workspace: Workspace) -> Listening:
        """What is in force as of this transaction."""
        now = stamp(tx, workspace.id)
        cached = self._listening.get(workspace.id)
        if cached is None or cached.stamp != now:
            cached = self._listening[workspace.id] = self._load(tx, workspace, now)
        return cached

    def versions(
        self, tx: Transaction, workspace: Workspace, wanted: Iterable[tuple[int, int]]
    ) -> dict[tuple[int, int], Standing]:
        """Compiled journeys by (id, version); what is not compiled yet is read in one query."""
        missing = set(wanted) - self._versions.keys()
        if missing:
            for (id_, version), body in at_versions(tx, workspace.id, missing).items():
                try:
                    self._versions[id_, version] = _compile(id_, version, read_journey(body), workspace)
                except Malformed as error:  # the others go on
                    _say.warning("journey_unreadable", journey=id_, version=version, reason=error.sentence)
        return self._versions

    def exits(self, found: Iterable[Standing], workspace: Workspace) -> Compiled:
        """The exit conditions of these versions, compiled together; each is a column named by its version."""
        conditions = {version_name(one): one.journey.exit_when for one in found if one.journey.exit_when is not None}
        key = tuple(sorted(conditions))
        if key not in self._exits:
            self._exits[key] = compile_conditions(conditions, workspace)
        return self._exits[key]

    def _load(self, tx: Transaction, workspace: Workspace, now: int) -> Listening:
        entries: dict[str, list[Standing]] = {}
        live: dict[int, Standing] = {}
        newest: list[tuple[int, int]] = []
        for found in list_all(tx, workspace.id, JOURNEY.name):
            standing = _compile(found.id, found.version, read_journey(found.body), workspace)
            self._versions[found.id, found.version] = standing
            if found.state == "live":
                live[found.id] = standing
                if standing.journey.entry.event is not None:
                    entries.setdefault(standing.journey.entry.event, []).append(standing)
            newest.append((found.id, found.version))
        ending, awaiting = self._heard(tx, workspace, newest)
        return Listening(
            stamp=now,
            entries=entries,
            live=live,
            segments=_by_segment(tx, workspace.id, live.values()),
            moving=frozenset(live),
            ending=ending,
            awaiting=awaiting,
        )

    def _heard(
        self, tx: Transaction, workspace: Workspace, newest: Iterable[tuple[int, int]]
    ) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
        """Journeys by the names of events that may end their runs, and that may move them on."""
        every = [(id_, version) for id_, last in newest for version in range(1, last + 1)]
        versions = self.versions(tx, workspace, every)
        ending: dict[str, set[int]] = {}
        awaiting: dict[str, set[int]] = {}
        for id_, version in every:
            standing = versions.get((id_, version))
            if standing is None:
                continue
            for name in _names(standing.journey.exit_when):
                ending.setdefault(name, set()).add(id_)
            for name in standing.journey.program.awaited:
                awaiting.setdefault(name, set()).add(id_)
        return ending, awaiting


def _by_segment(tx: Transaction, workspace_id: WorkspaceId, live: Collection[Standing]) -> dict[int, list[Standing]]:
    keys = {one.journey.entry.way.segment for one in live if isinstance(one.journey.entry.way, OnSegment)}
    if not keys:
        return {}
    found: dict[int, list[Standing]] = {}
    for segment in list_all(tx, workspace_id, SEGMENT.name):
        if segment.key in keys:
            found[segment.id] = [one for one in live if _enters_by(one, segment.key)]
    return found


def _enters_by(standing: Standing, segment: str) -> bool:
    way = standing.journey.entry.way
    return isinstance(way, OnSegment) and way.segment == segment


def version_name(standing: Standing) -> str:
    """Which version of which journey, as a column is named."""
    return f"{standing.id}:{standing.version}"


def _names(condition: Condition | None) -> set[str]:
    return {name for leaf in leaves(condition) for name in leaf.needs().watched} if condition else set()


def _compile(id_: int, version: int, journey: Journey, workspace: Workspace) -> Standing:
    asked = {
        condition: None for node in journey.program.nodes.values() for condition in node.step.conditions()
    }  # a dict keeps their order and drops repeats
    return Standing(
        id=id_,
        version=version,
        journey=journey,
        asks=compile_conditions({f"ask{i}": condition for i, condition in enumerate(asked)}, workspace),
    )
