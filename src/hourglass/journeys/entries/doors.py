"""Who stands at the doors of journeys in this tick: by their own events, and from the queue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from hourglass.audience import Moved
from hourglass.history import Batch
from hourglass.journeys.entries.by_event import by_event
from hourglass.journeys.entries.by_segment import by_segment
from hourglass.journeys.entries.queue import Entrant, put, take
from hourglass.journeys.entries.trigger import Trigger
from hourglass.journeys.registry import Listening
from hourglass.kernel import Workspace
from hourglass.postgres import Transaction


def at_the_doors(
    tx: Transaction,
    workspace: Workspace,
    batch: Batch,
    listening: Listening,
    moved: Sequence[Moved],
    now: datetime,
    due: datetime | None,
) -> list[Trigger]:
    """Everybody who is to be weighed, in the order in which they came; a throttle sends people to the queue first."""
    if not listening.live:
        return []
    come = by_event(batch, listening, workspace)
    _hold_back(tx, workspace, [one for one in come if one.standing.journey.entry.pace is not None], now)
    by_segment(tx, workspace, batch, listening, moved, now)
    waited = take(tx, workspace, listening, due) if due else []
    return [one for one in come if one.standing.journey.entry.pace is None] + waited


def _hold_back(tx: Transaction, workspace: Workspace, come: Sequence[Trigger], now: datetime) -> None:
    """Who comes by an event to a journey that lets in so many an hour."""
    for standing in {one.standing.id: one.standing for one in come}.values():
        entrants = [
            Entrant(profile_id=one.profile_id, at=one.at, seq=one.seq, correlation=one.correlation, facts=one.facts)
            for one in come
            if one.standing.id == standing.id
        ]
        put(tx, workspace.id, standing.id, standing.journey.entry.pace, entrants, "event", now)
