"""Lets people in: each who stands at a door is weighed against the journey's rule of re-entry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.experiments import kept_out
from hourglass.journeys.entries.trigger import Key, Trigger
from hourglass.journeys.registry import Standing
from hourglass.journeys.runs.ledger import Ledger, Outcome
from hourglass.journeys.steps import Run
from hourglass.kernel import RunId, Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("runs.sql"))


class _Known(Struct, kw_only=True):
    active: bool
    last: datetime | None
    """When the last run began."""
    control: int | None = None
    """The newest version that noted the person in its control group."""


def enrol(
    tx: Transaction, workspace: Workspace, triggers: Sequence[Trigger], ledger: Ledger
) -> list[tuple[Run, str | None]]:
    """New runs at the beginning of their programs; their rows are written with the rest of the ledger.

    `triggers`: who is at a door, in the order in which they came.
    """
    known = _known(tx, workspace, {trigger.key for trigger in triggers})
    accepted: list[Trigger] = []
    out: set[Key] = set()
    for trigger in triggers:
        before = known.get(trigger.key)
        if not _may_enter(trigger.standing, before, trigger.at):
            continue
        if _in_control(trigger):
            if before is not None and before.control == trigger.standing.version:
                continue
            out.add(trigger.key)
            known[trigger.key] = _Known(
                active=False, last=before.last if before else None, control=trigger.standing.version
            )
        else:
            known[trigger.key] = _Known(active=True, last=trigger.at)
        accepted.append(trigger)
    ids = _queries.tuples(tx, "new_ids", count=len(accepted)) if accepted else []
    entering: list[tuple[Run, str | None]] = []
    for (id_,), trigger in zip(ids, accepted, strict=True):
        run = _run(RunId(id_), trigger)
        if trigger.key in out:
            ledger.outcomes[run.id] = Outcome(run=run, new=True, state="exited", reason="control_group")
            ledger.note(run, "entry", "kept_out", event=run.entry["event"])
            continue
        ledger.outcomes[run.id] = Outcome(run=run, new=True)
        ledger.note(run, "entry", "entered", event=run.entry["event"])
        entering.append((run, trigger.standing.journey.program.start))
    return entering


def _known(tx: Transaction, workspace: Workspace, keys: set[Key]) -> dict[Key, _Known]:
    if not keys:
        return {}
    journeys, profiles, correlations = zip(*sorted(keys), strict=True)
    rows = _queries.tuples(
        tx,
        "standing",
        workspace_id=workspace.id,
        journeys=list(journeys),
        profiles=list(profiles),
        correlations=list(correlations),
    )
    return {(row[0], row[1], row[2]): _Known(active=row[3], last=row[4], control=row[5]) for row in rows}


def _may_enter(standing: Standing, known: _Known | None, at: datetime) -> bool:
    if known is None or known.last is None:
        return True
    rule = standing.journey.reentry
    if known.active or rule.mode == "once":
        return False
    return rule.after is None or at >= known.last + rule.after


def _in_control(trigger: Trigger) -> bool:
    journey = trigger.standing.journey
    return kept_out(f"journey:{journey.key}", str(trigger.profile_id), journey.control)


def _run(id_: RunId, trigger: Trigger) -> Run:
    return Run(
        id=id_,
        journey_id=trigger.standing.id,
        version=trigger.standing.version,
        profile_id=trigger.profile_id,
        correlation=trigger.correlation,
        step="entry",
        moment=trigger.at,
        entered_at=trigger.at,
        entry_seq=trigger.seq,
        entry=trigger.facts,
    )
