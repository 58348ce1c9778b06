"""People let in by their own events, read from the batch."""

from __future__ import annotations

from hourglass.audience import Where, matching
from hourglass.history import Batch
from hourglass.journeys.entries.trigger import Trigger
from hourglass.journeys.registry import Listening, Standing
from hourglass.journeys.ways.way import OnEvent
from hourglass.kernel import ProfileId, Workspace


def by_event(batch: Batch, listening: Listening, workspace: Workspace) -> list[Trigger]:
    """Who is at a door because of this batch, in the order of the log. What came too late starts nothing."""
    found: list[tuple[int, Trigger]] = []
    for name in batch.names & listening.entries.keys():
        places = [place for place in batch.places[name] if not batch.events[place].historical]
        standings = listening.entries[name]
        held = matching(batch, places, [_where(standing) for standing in standings], workspace)
        for standing, matched in zip(standings, held, strict=True):
            oldest = standing.journey.max_age
            found += [
                (batch.seqs[place], _trigger(standing, batch, place))
                for place in matched
                if batch.events[place].received_at - batch.events[place].at <= oldest
            ]
    return [trigger for _, trigger in sorted(found, key=lambda one: one[0])]


def _where(standing: Standing) -> tuple[Where, ...]:
    way = standing.journey.entry.way
    return way.where if isinstance(way, OnEvent) else ()


def _trigger(standing: Standing, batch: Batch, place: int) -> Trigger:
    event = batch.events[place]
    return Trigger(
        standing=standing,
        profile_id=ProfileId(batch.profile_ids[place]),
        correlation=_correlation(standing, batch, place),
        at=event.received_at,
        seq=batch.seqs[place],
        facts={
            "event": event.name,
            "at": event.at,
            "message_id": event.message_id,
            "properties": event.properties,
        },
    )


def _correlation(standing: Standing, batch: Batch, place: int) -> str:
    """The value of the property that tells runs apart; without one, parallel runs are told apart by their events."""
    journey, event = standing.journey, batch.events[place]
    if journey.correlate is None:
        return str(event.message_id) if journey.reentry.mode == "parallel" else ""
    value = event.properties.get(journey.correlate)
    return "" if value is None else str(value)
