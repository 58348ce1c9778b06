"""The journeys in force, compiled; and older versions, for the people who still stand on them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import structlog
from msgspec import Struct

from hourglass.audience import SEGMENT, Compiled, Condition, compile_conditions
from hourglass.definitions import at_versions, list_all, stamp
from hourglass.journeys.document import JOURNEY, Journey, read_journey
from hourglass.journeys.watching import Watching, watch
from hourglass.journeys.ways.way import OnSegment
from hourglass.kernel import Malformed, Workspace, WorkspaceId
from hourglass.postgres import Transaction

GOAL, EXIT = "goal", "exit"
_say = structlog.get_logger(__name__)


class Standing(Struct, frozen=True, kw_only=True):
    """One version of one journey, ready to run."""

    id: int
    version: int
    journey: Journey
    asks: Compiled


class Listening(Struct, frozen=True, kw_only=True):
    """The newest versions: which let people in, by event name, and which move people on."""

    stamp: int
    entries: dict[str, list[Standing]]
    live: dict[int, Standing]
    """Those that let people in and move them, by id."""
    segments: dict[int, list[Standing]]
    """Those that people enter by coming into a segment or leaving it, by the id of the segment."""
    moving: frozenset[int]
    watching: Watching


class Journeys:
    """Compiled journeys of each workspace, renewed when its definitions changed; old versions are kept for good."""

    def __init__(self) -> None:
        self._listening: dict[WorkspaceId, Listening] = {}
        self._versions: dict[tuple[int, int], Standing] = {}
        self._endings: dict[tuple[str, ...], Compiled] = {}

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

    def endings(self, found: Iterable[Standing], workspace: Workspace) -> Compiled:
        """The goals and exit conditions of these versions, compiled together, named by `ending_name`."""
        conditions: dict[str, Condition] = {}
        for one in found:
            for ending, condition in ((GOAL, one.journey.goal), (EXIT, one.journey.exit_when)):
                if condition is not None:
                    conditions[ending_name(one, ending)] = condition
        key = tuple(sorted(conditions))
        if key not in self._endings:
            self._endings[key] = compile_conditions(conditions, workspace)
        return self._endings[key]

    def _load(self, tx: Transaction, workspace: Workspace, now: int) -> Listening:
        entries: dict[str, list[Standing]] = {}
        live: dict[int, Standing] = {}
        newest: list[tuple[int, int]] = []
        for found in list_all(tx, workspace.id, JOURNEY.name):
            place = (found.id, found.version)
            standing = self._versions.get(place) or _compile(*place, read_journey(found.body), workspace)
            self._versions[place] = standing
            if found.state == "live":
                live[found.id] = standing
                if standing.journey.entry.event is not None:
                    entries.setdefault(standing.journey.entry.event, []).append(standing)
            newest.append((found.id, found.version))
        return Listening(
            stamp=now,
            entries=entries,
            live=live,
            segments=_by_segment(tx, workspace.id, live.values()),
            moving=frozenset(live),
            watching=self._watch(tx, workspace, newest),
        )

    def _watch(self, tx: Transaction, workspace: Workspace, newest: Iterable[tuple[int, int]]) -> Watching:
        every = [(id_, version) for id_, last in newest for version in range(1, last + 1)]
        versions = self.versions(tx, workspace, every)
        journeys = [(place[0], versions[place].journey) for place in every if place in versions]
        segments = {one.key: one.id for one in list_all(tx, workspace.id, SEGMENT.name)} if journeys else {}
        return watch(journeys, segments)


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


def ending_name(standing: Standing, ending: str) -> str:
    """The goal or the exit condition of a version of a journey, as a column is named."""
    return f"{standing.id}:{standing.version}:{ending}"


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
