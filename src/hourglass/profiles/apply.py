"""What a batch of events tells about its people: traits, consents, when they were seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from hourglass.events import Event
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction
from hourglass.profiles import answers, graph, portraits
from hourglass.profiles.evidence import said
from hourglass.profiles.people import People
from hourglass.profiles.portraits import Visits
from hourglass.profiles.traits import Traits, tell

_REPEATED = 3600.0
"""Some SDKs repeat all traits with every event: that a known value was said again is written once in so long (s)."""


class _Saying(NamedTuple):
    identity_id: int
    profile_id: int
    traits: dict[str, Any]
    event: Event


def apply(
    events: Sequence[Event],
    people: People,
    tx: Transaction,
    workspace_id: WorkspaceId,
    now: datetime,  # noqa: ARG001 - every stage of the tick is handed the moment
) -> None:
    """Bring the profiles of the batch up to date; `people.changed` learns who is told something new."""
    told, changed = _listen(events, people, tx, workspace_id)
    portraits.count(tx, workspace_id, _visits(events, people))
    if told:
        portraits.write_profiles(tx, workspace_id, told, graph.phone_region(tx, workspace_id))
    people.changed |= changed
    people.changed |= answers.record(events, people.identity_ids, people.profile_ids, tx, workspace_id)


def _visits(events: Sequence[Event], people: People) -> Visits:
    """Sorted by person, so that rows are written in the order in which they are held."""
    counts = dict.fromkeys(people.touched, 0)
    firsts: dict[int, datetime] = {}
    lasts: dict[int, datetime] = {}
    for event, profile in zip(events, people.profile_ids, strict=True):
        at = event.at
        counts[profile] += 1
        if profile not in firsts:
            firsts[profile] = lasts[profile] = at
        elif at < firsts[profile]:
            firsts[profile] = at
        elif at > lasts[profile]:
            lasts[profile] = at
    first_us = {one: _micros(at) for one, at in firsts.items()}
    last_us = {one: first_us[one] if at is firsts[one] else _micros(at) for one, at in lasts.items()}
    ids = people.touched
    return Visits(ids, list(counts.values()), [first_us[one] for one in ids], [last_us[one] for one in ids])


def _micros(at: datetime) -> int:
    return round(at.timestamp() * 1_000_000)


def _listen(
    events: Sequence[Event], people: People, tx: Transaction, workspace_id: WorkspaceId
) -> tuple[dict[int, Traits], set[int]]:
    """Keep what was said, under the identity it was said. The traits to write per person; who is told something new."""
    sayings = [
        _Saying(identity, profile, traits, event)
        for event, identity, profile in zip(events, people.identity_ids, people.profile_ids, strict=True)
        if (traits := said(event))
    ]
    if not sayings:
        return {}, set()
    identities = portraits.of_identities(tx, workspace_id, {one.identity_id for one in sayings})
    profiles = portraits.of_profiles(tx, workspace_id, {one.profile_id for one in sayings})
    heard, _ = _told(identities, [(one.identity_id, one) for one in sayings])
    portraits.write_identities(tx, workspace_id, {one: identities[one] for one in heard})
    heard, changed = _told(profiles, [(one.profile_id, one) for one in sayings])
    return {one: profiles[one] for one in heard}, changed


def _told(standing: dict[int, Traits], sayings: Iterable[tuple[int, _Saying]]) -> tuple[set[int], set[int]]:
    """Tell each its sayings: whose row is to be written, and about whom a value is another now."""
    heard: set[int] = set()
    changed: set[int] = set()
    for one, saying in sayings:
        known = standing.setdefault(one, Traits())
        news = tell(known, saying.traits, saying.event.at)
        if news.changed:
            changed.add(one)
        if news.changed or news.renewed > (0 if saying.event.kind == "identify" else _REPEATED):
            heard.add(one)
    return heard, changed
