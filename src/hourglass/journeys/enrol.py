"""Lets people in: the events of a batch that start a run, each weighed against the journey's rule of re-entry."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.audience import matching
from hourglass.experiments import kept_out
from hourglass.history import Batch
from hourglass.journeys.ledger import Ledger, Outcome
from hourglass.journeys.registry import Listening, Standing
from hourglass.journeys.steps import Run
from hourglass.kernel import ProfileId, RunId, Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))
Key = tuple[int, ProfileId, str]


class _Trigger(Struct, frozen=True, kw_only=True):
    standing: Standing
    place: int
    """Index in the batch."""
    key: Key


class _Known(Struct, kw_only=True):
    active: bool
    last: datetime | None
    """When the last run began."""
    control: int | None = None
    """The newest version that noted the person in its control group."""


def enrol(
    tx: Transaction, workspace: Workspace, batch: Batch, listening: Listening, ledger: Ledger
) -> list[tuple[Run, str | None]]:
    """New runs at the beginning of their programs; their rows are written with the rest of the ledger."""
    triggers = _triggers(batch, listening, workspace)
    known = _known(tx, workspace, {trigger.key for trigger in triggers})
    accepted: list[_Trigger] = []
    out: set[Key] = set()
    for trigger in sorted(triggers, key=lambda trigger: batch.seqs[trigger.place]):
        at, before = batch.events[trigger.place].received_at, known.get(trigger.key)
        if not _may_enter(trigger.standing, before, at):
            continue
        if _in_control(trigger):
            if before is not None and before.control == trigger.standing.version:
                continue
            out.add(trigger.key)
            known[trigger.key] = _Known(
                active=False, last=before.last if before else None, control=trigger.standing.version
            )
        else:
            known[trigger.key] = _Known(active=True, last=at)
        accepted.append(trigger)
    ids = _queries.tuples(tx, "new_ids", count=len(accepted)) if accepted else []
    runs = [_run(RunId(row[0]), trigger, batch) for row, trigger in zip(ids, accepted, strict=True)]
    entering: list[tuple[Run, str | None]] = []
    for run, trigger in zip(runs, accepted, strict=True):
        if trigger.key in out:
            ledger.outcomes[run.id] = Outcome(run=run, new=True, state="exited", reason="control_group")
            ledger.note(run, "entry", "kept_out", event=run.entry["event"])
            continue
        ledger.outcomes[run.id] = Outcome(run=run, new=True)
        ledger.note(run, "entry", "entered", event=run.entry["event"])
        entering.append((run, trigger.standing.journey.program.start))
    return entering


def _triggers(batch: Batch, listening: Listening, workspace: Workspace) -> list[_Trigger]:
    found: list[_Trigger] = []
    for name in batch.names & listening.entries.keys():
        places = [i for i, event in enumerate(batch.events) if event.name == name and not event.historical]
        standings = listening.entries[name]
        held = matching(batch, places, [standing.journey.entry.where for standing in standings], workspace)
        for standing, matched in zip(standings, held, strict=True):
            found += [_Trigger(standing=standing, place=place, key=_key(standing, batch, place)) for place in matched]
    return found


def _key(standing: Standing, batch: Batch, place: int) -> Key:
    name = standing.journey.correlate
    value = None if name is None else batch.events[place].properties.get(name)
    return standing.id, ProfileId(batch.profile_ids[place]), "" if value is None else str(value)


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


def _in_control(trigger: _Trigger) -> bool:
    journey = trigger.standing.journey
    return kept_out(f"journey:{journey.key}", str(trigger.key[1]), journey.control)


def _run(id_: RunId, trigger: _Trigger, batch: Batch) -> Run:
    event = batch.events[trigger.place]
    _, profile_id, correlation = trigger.key
    return Run(
        id=id_,
        journey_id=trigger.standing.id,
        version=trigger.standing.version,
        profile_id=profile_id,
        correlation=correlation,
        step="entry",
        moment=event.received_at,
        entered_at=event.received_at,
        entry_seq=batch.seqs[trigger.place],
        entry={
            "event": event.name,
            "at": event.at,
            "message_id": event.message_id,
            "properties": event.properties,
        },
    )
