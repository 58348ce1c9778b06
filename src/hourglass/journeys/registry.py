"""The journeys in force, compiled; and older versions, for the people who still stand on them."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from hourglass.audience import Compiled, compile_conditions
from hourglass.definitions import at_versions, list_all, stamp
from hourglass.journeys.document import JOURNEY, Journey, read_journey
from hourglass.kernel import Workspace, WorkspaceId, exponent
from hourglass.postgres import Transaction


class Standing(Struct, frozen=True, kw_only=True):
    """One version of one journey, ready to run. `exits` is None when nothing ends it early."""

    id: int
    version: int
    journey: Journey
    exits: Compiled | None
    asks: Compiled


class Listening(Struct, frozen=True, kw_only=True):
    """The newest versions: which let people in, by event name, and which move people on."""

    stamp: int
    entries: dict[str, list[Standing]]
    moving: frozenset[int]
    ending: dict[str, set[int]]


class Journeys:
    """Compiled journeys of each workspace, renewed when its definitions changed; old versions are kept for good."""

    def __init__(self) -> None:
        self._listening: dict[WorkspaceId, Listening] = {}
        self._versions: dict[tuple[int, int], Standing] = {}

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
                self._versions[id_, version] = _compile(id_, version, read_journey(body), workspace)
        return self._versions

    def _load(self, tx: Transaction, workspace: Workspace, now: int) -> Listening:
        entries: dict[str, list[Standing]] = {}
        ending: dict[str, set[int]] = {}
        moving: set[int] = set()
        for found in list_all(tx, workspace.id, JOURNEY.name):
            standing = _compile(found.id, found.version, read_journey(found.body), workspace)
            self._versions[found.id, found.version] = standing
            if found.state == "live":
                moving.add(found.id)
                entries.setdefault(standing.journey.entry.event, []).append(standing)
            for name in standing.exits.needs.events if standing.exits else ():
                ending.setdefault(name, set()).add(found.id)
        return Listening(stamp=now, entries=entries, moving=frozenset(moving), ending=ending)


def _compile(id_: int, version: int, journey: Journey, workspace: Workspace) -> Standing:
    digits = exponent(workspace.currency)
    asked = {
        condition: None for node in journey.program.nodes.values() for condition in node.step.conditions()
    }  # a dict keeps their order and drops repeats
    return Standing(
        id=id_,
        version=version,
        journey=journey,
        exits=None if journey.exit_when is None else compile_conditions({"exit": journey.exit_when}, digits),
        asks=compile_conditions({f"ask{i}": condition for i, condition in enumerate(asked)}, digits),
    )
