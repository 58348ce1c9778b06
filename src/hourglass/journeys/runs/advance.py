"""One tick of all journeys of a workspace: let in, end early, wake, move, write."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import polars as pl
from msgspec import Struct

from hourglass.audience import Asker, Moved
from hourglass.history import Batch, EventNames
from hourglass.journeys.effects.answered import genuine
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.entries.doors import at_the_doors
from hourglass.journeys.entries.queue import next_due
from hourglass.journeys.registry import Journeys, Listening
from hourglass.journeys.runs.batches import let_go
from hourglass.journeys.runs.ending import Endings
from hourglass.journeys.runs.enrol import enrol
from hourglass.journeys.runs.facts import Knowledge
from hourglass.journeys.runs.ledger import Ledger
from hourglass.journeys.runs.move import move
from hourglass.journeys.runs.onward import onward
from hourglass.journeys.runs.tidings import Tidings
from hourglass.journeys.steps import Run
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("runs.sql"))
_WAKE_PER_TICK = 5000


class Advanced(Struct, frozen=True, kw_only=True):
    """What the tick did with runs. `came`: how many stood at a door; not all of them enter."""

    came: int
    entered: int
    moved: int
    ended: int
    messages: int


class JourneyEngine:
    """Moves the runs of all workspaces; it remembers nothing but compiled definitions."""

    def __init__(self, names: EventNames, partitions: int = 1) -> None:
        self._journeys = Journeys()
        self._asker = Asker(names)
        self._endings = Endings(self._journeys, self._asker)
        self._partitions = partitions

    def advance(
        self,
        tx: Transaction,
        workspace: Workspace,
        batch: Batch,
        now: datetime,
        due: datetime | None,
        moved: Sequence[Moved] = (),
    ) -> Advanced:
        """Everything that this batch and the passing of time, up to `due`, mean for journeys.

        `moved`: who came into segments in this tick, and who left them.
        """
        listening = self._journeys.listening(tx, workspace)
        ledger = Ledger()
        triggers = at_the_doors(tx, workspace, batch, listening, moved, now, due)
        entering = enrol(tx, workspace, triggers, ledger)
        waiting = self._concerned(tx, workspace, batch, listening, moved)
        waking = self._due(tx, workspace, listening, due) if due and listening.moving else []
        inside = {run.id: run for run in [*waiting, *waking]}
        runs = [*(run for run, _ in entering), *inside.values()]
        versions = self._journeys.versions(tx, workspace, {(run.journey_id, run.version) for run in runs})
        gone = self._endings.end(tx, workspace, runs, versions, ledger, now)
        going = [(run, start) for run, start in entering if run.id not in gone]
        moving = [run for id_, run in inside.items() if id_ not in gone and run.journey_id in listening.moving]
        knowledge = Knowledge(
            tx, workspace, self._asker, Tidings(batch, workspace, genuine(tx, workspace.id, batch)), now
        )
        going += onward(moving, {run.id for run in waking}, versions, knowledge.tidings, ledger)
        move(going, versions, knowledge, ledger, workspace, now)
        ledger.write(tx, Scene(workspace=workspace, now=now, partitions=self._partitions))
        let_go(tx, workspace.id, knowledge.complete, now)
        return Advanced(
            came=len(triggers),
            entered=len(entering),
            moved=len(going),
            ended=len(ledger.ended),
            messages=len(ledger.messages),
        )

    def next_due(self, tx: Transaction, workspace: Workspace) -> datetime | None:
        """When the next run wakes, or somebody who waits may enter."""
        listening = self._journeys.listening(tx, workspace)
        wakes = _queries.scalar(tx, "next_due", workspace_id=workspace.id, journeys=list(listening.moving))
        return min((moment for moment in (wakes, next_due(tx, workspace, listening)) if moment), default=None)

    def _concerned(
        self, tx: Transaction, workspace: Workspace, batch: Batch, listening: Listening, moved: Sequence[Moved]
    ) -> list[Run]:
        """Runs that an event of this batch, or a segment entered or left, may end or move on; locked."""
        journeys: set[int] = set()
        profiles: set[int] = set()
        for name in batch.names:
            if about := listening.watching.about(name):
                journeys |= about
                profiles.update(batch.people(name))
        for change in (frame for one in moved for frame in (one.entered, one.left) if frame.height):
            watched = change.filter(pl.col("segment_id").is_in(list(listening.watching.segments)))
            for segment_id in watched["segment_id"].unique().to_list():
                journeys |= listening.watching.segments[segment_id]
            profiles.update(watched["profile_id"].to_list())
        if not journeys:
            return []
        return _queries.rows(
            tx, "active", Run, workspace_id=workspace.id, profiles=sorted(profiles), journeys=sorted(journeys)
        )

    def _due(self, tx: Transaction, workspace: Workspace, listening: Listening, due: datetime) -> list[Run]:
        return _queries.rows(
            tx,
            "due",
            Run,
            workspace_id=workspace.id,
            now=due,
            journeys=sorted(listening.moving),
            most=_WAKE_PER_TICK,
        )
