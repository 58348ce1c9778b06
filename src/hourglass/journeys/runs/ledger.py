"""What a tick decided about runs, collected in memory and written with one statement per table."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, structs
from psycopg.types.json import Jsonb

from hourglass.commerce import give_back
from hourglass.journeys.effects.pending import Pending
from hourglass.journeys.effects.perform import perform
from hourglass.journeys.effects.scene import Scene
from hourglass.journeys.steps import Effect, Run
from hourglass.kernel import RunId, WorkspaceId
from hourglass.messages import OutboxRow, cancel, enqueue
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("runs.sql"))
State = Literal["waiting", "finished", "exited"]


class Outcome(Struct, kw_only=True):
    """Where a run stands at the end of the tick."""

    run: Run
    state: State = "waiting"
    wake_at: datetime | None = None
    reason: str | None = None
    new: bool = False


class Note(Struct, frozen=True, kw_only=True):
    """One decision about one run, kept for ever."""

    run_id: RunId
    step: str
    outcome: str
    detail: dict[str, Any]


class Ledger:
    """Outcomes, notes and messages of one tick."""

    def __init__(self) -> None:
        self.outcomes: dict[RunId, Outcome] = {}
        self.notes: list[Note] = []
        self.messages: list[OutboxRow] = []
        self.ended: list[RunId] = []
        self.learnt: dict[RunId, Run] = {}
        self.effects: list[Pending] = []

    def note(self, run: Run, step: str, outcome: str, **detail: Any) -> None:
        """Remember a decision."""
        self.notes.append(Note(run_id=run.id, step=step, outcome=outcome, detail=detail))

    def learn(self, run: Run, name: str, facts: Any) -> None:
        """Keep what a run learnt on its way; templates read it as `steps.NAME`."""
        self._remember(run, steps={**run.entry.get("steps", {}), name: facts})

    def progress(self, run: Run, **flow: Any) -> None:
        """Keep how far a run came: its loops, and the last event that moved it."""
        self._remember(run, flow={**run.entry.get("flow", {}), **flow})

    def _remember(self, run: Run, **facts: Any) -> None:
        # A new map: messages and effects made before hold the old one.
        run.entry = {**run.entry, **facts}
        self.learnt[run.id] = run

    def ask_for(
        self,
        run: Run,
        effect: Effect,
        journey: str,
        until: datetime | None = None,
        *,
        outcome: str = "did",
        **detail: Any,
    ) -> None:
        """Have an effect done when all is written; its note is kept, or says then why it was not done.

        `outcome`, `detail`: what the step decided, where that is more than the effect: one note for one decision.
        """
        place = len(self.notes)
        self.effects.append(
            Pending(run=run, step=run.step, visit=run.visit, journey=journey, effect=effect, place=place, until=until)
        )
        self.note(run, run.step, outcome, **detail, effect=effect.__struct_config__.tag)

    def end(self, run: Run, reason: str, **detail: Any) -> None:
        """A run that leaves early; what it had in the outbox stays inside."""
        self._over(run, "exited", reason)
        self.note(run, run.step, "exited", reason=reason, **detail)

    def take_back(self, run: Run) -> None:
        """A run that has left already: only what it still has in the outbox stays inside."""
        self.ended.append(run.id)

    def write(self, tx: Transaction, scene: Scene) -> None:
        """Everything at once; a run that another worker began at the same moment is dropped with all that followed."""
        workspace_id, now = scene.workspace.id, scene.now
        lost = self._insert(tx, workspace_id, now)
        give_back(tx, workspace_id, lost)
        self._perform(tx, scene, lost)
        self._move(tx, workspace_id, now)
        self._notes(tx, workspace_id, [note for note in self.notes if note.run_id not in lost], now)
        leaving = set(self.ended)
        enqueue(tx, [row for row in self.messages if row.run_id not in lost and row.run_id not in leaving])
        if self.ended:
            cancel(tx, workspace_id, self.ended, "journey_exited")

    def leave(self, run: Run, reason: str) -> None:
        """A run that ends by a step of its own: what it said before is sent."""
        outcome = self.outcomes.setdefault(run.id, Outcome(run=run))
        outcome.state, outcome.wake_at, outcome.reason = "exited", None, reason
        self.note(run, run.step, "exited", reason=reason)

    def reach(self, run: Run) -> None:
        """A run that has reached its goal and is over by that; what it had in the outbox stays inside."""
        self._over(run, "finished", "goal")
        self.note(run, run.step, "goal")

    def _over(self, run: Run, state: State, reason: str) -> None:
        outcome = self.outcomes.setdefault(run.id, Outcome(run=run))
        outcome.state, outcome.wake_at, outcome.reason = state, None, reason
        self.ended.append(run.id)

    def _perform(self, tx: Transaction, scene: Scene, lost: set[RunId]) -> None:
        for left in perform(tx, [one for one in self.effects if one.run.id not in lost], scene):
            note = self.notes[left.place]
            why = {**note.detail, "reason": left.reason, "why": left.detail}
            self.notes[left.place] = structs.replace(note, outcome="not_done", detail=why)

    def _insert(self, tx: Transaction, workspace_id: WorkspaceId, now: datetime) -> set[RunId]:
        new = [outcome for outcome in self.outcomes.values() if outcome.new]
        if not new:
            return set()
        runs = [outcome.run for outcome in new]
        kept = _queries.tuples(
            tx,
            "insert_runs",
            workspace_id=workspace_id,
            journeys=[run.journey_id for run in runs],
            versions=[run.version for run in runs],
            profiles=[run.profile_id for run in runs],
            correlations=[run.correlation for run in runs],
            entered=[run.entered_at for run in runs],
            seqs=[run.entry_seq for run in runs],
            entries=[Jsonb(run.entry) for run in runs],
            **_standing(new, now),
        )
        return {run.id for run in runs} - {RunId(row[0]) for row in kept}

    def _move(self, tx: Transaction, workspace_id: WorkspaceId, now: datetime) -> None:
        moved = [outcome for outcome in self.outcomes.values() if not outcome.new]
        if moved:
            _queries.execute(tx, "move_runs", workspace_id=workspace_id, **_standing(moved, now))
        learnt = [run for run in self.learnt.values() if run.id not in self.outcomes or not self.outcomes[run.id].new]
        if learnt:
            _queries.execute(
                tx,
                "remember",
                workspace_id=workspace_id,
                ids=[run.id for run in learnt],
                entries=[Jsonb(run.entry) for run in learnt],
            )

    def _notes(self, tx: Transaction, workspace_id: WorkspaceId, notes: list[Note], now: datetime) -> None:
        if not notes:
            return
        _queries.execute(
            tx,
            "note_steps",
            workspace_id=workspace_id,
            runs=[note.run_id for note in notes],
            steps=[note.step for note in notes],
            now=now,
            outcomes=[note.outcome for note in notes],
            details=[Jsonb(note.detail) for note in notes],
        )


def _standing(outcomes: list[Outcome], now: datetime) -> dict[str, list[Any]]:
    return {
        "ids": [outcome.run.id for outcome in outcomes],
        "steps": [outcome.run.step for outcome in outcomes],
        "states": [outcome.state for outcome in outcomes],
        "wakes": [outcome.wake_at for outcome in outcomes],
        "ended": [None if outcome.state == "waiting" else now for outcome in outcomes],
        "reasons": [outcome.reason for outcome in outcomes],
    }
