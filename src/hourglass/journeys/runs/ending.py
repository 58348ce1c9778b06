"""Runs that are over before their last step: the goal was reached, or the exit condition holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import polars as pl

from hourglass.audience import Asker, Compiled
from hourglass.journeys.registry import EXIT, GOAL, Journeys, Standing, ending_name
from hourglass.journeys.runs.facts import subjects
from hourglass.journeys.runs.ledger import Ledger
from hourglass.journeys.steps import Run
from hourglass.kernel import RunId, Workspace
from hourglass.postgres import Transaction

Versions = Mapping[tuple[int, int], Standing]


class Endings:
    """Asks the goals and exit conditions of many runs at once, counting only what came after each began."""

    def __init__(self, journeys: Journeys, asker: Asker) -> None:
        self._journeys = journeys
        self._asker = asker

    def end(
        self,
        tx: Transaction,
        workspace: Workspace,
        runs: Sequence[Run],
        versions: Versions,
        ledger: Ledger,
        now: datetime,
    ) -> set[RunId]:
        """Note which goals were reached, and end what ends by that or by an exit condition; the goal comes first."""
        asked = [run for run in runs if _ends_early(versions[run.journey_id, run.version])]
        if not asked:
            return set()
        standings = {(run.journey_id, run.version): versions[run.journey_id, run.version] for run in asked}
        conditions = self._journeys.endings(standings.values(), workspace)
        holding = self._holding(tx, workspace, asked, conditions, now)
        gone: set[RunId] = set()
        if not holding:
            return gone
        for run in asked:
            standing = standings[run.journey_id, run.version]
            reached = run.id in holding.get(ending_name(standing, GOAL), ()) and not _reached(run)
            leaves = run.id in holding.get(ending_name(standing, EXIT), ())
            if run.exited:
                if leaves or (reached and standing.journey.goal_ends):
                    ledger.take_back(run)
                continue
            if reached and standing.journey.goal_ends:
                ledger.reach(run)
                gone.add(run.id)
                continue
            if reached:
                ledger.progress(run, reached=True)
                ledger.note(run, run.step, "goal")
            if leaves:
                ledger.end(run, "exit_condition")
                gone.add(run.id)
        return gone

    def _holding(
        self, tx: Transaction, workspace: Workspace, runs: Sequence[Run], conditions: Compiled, now: datetime
    ) -> dict[str, set[RunId]]:
        """By condition the runs of which it holds; conditions that hold of none are left out."""
        asking = subjects(runs).with_columns(pl.Series("after_seq", [run.entry_seq for run in runs], dtype=pl.Int64))
        answers = self._asker.ask(tx, workspace.id, conditions, asking, now)
        holds = {name: set(answers.filter(name)["subject"].to_list()) for name in conditions.conditions}
        return {name: runs for name, runs in holds.items() if runs}


def _ends_early(standing: Standing) -> bool:
    return standing.journey.exit_when is not None or standing.journey.goal is not None


def _reached(run: Run) -> bool:
    return bool(run.entry.get("flow", {}).get("reached"))
