"""People put into a journey by a program or by hand: one, or thousands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from hourglass.audience import REASONS
from hourglass.definitions import find
from hourglass.journeys.document import JOURNEY, read_journey
from hourglass.journeys.entries.queue import Entrant, position, put
from hourglass.kernel import Conflict, Malformed, Workspace
from hourglass.log import wake
from hourglass.postgres import Transaction
from hourglass.profiles import anchored, match

_KINDS = ("user_id", "email", "phone", "anonymous_id")
_MOST = 10_000
_INVITED = "Journey Invitation"


class Guest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Somebody who is to enter, by one name. `key` tells parallel runs apart; `facts` are added to those of all."""

    id: int | None = None
    """The number of the person."""
    user_id: str | None = None
    email: str | None = None
    phone: str | None = None
    anonymous_id: str | None = None
    key: str | None = None
    facts: dict[str, Any] = field(default_factory=dict[str, Any])


class Invitation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who is to enter, and what templates will know about it: `{{ event.NAME }}`."""

    people: list[Guest]
    facts: dict[str, Any] = field(default_factory=dict[str, Any])


class Unknown(Struct, frozen=True, kw_only=True):
    """One whom nobody knows: its place in the call, and why in each language."""

    place: str
    reason: str
    words: dict[str, str]


class Invited(Struct, frozen=True, kw_only=True):
    """What became of a call. Who is `waiting` enters in the next moment, if the journey's re-entry allows it."""

    waiting: int
    unknown: list[Unknown]


def enter(tx: Transaction, workspace: Workspace, key: str, call: Invitation, now: datetime) -> Invited:
    """Put people in. Raises NotFound, Conflict when the journey is not live, Malformed with the place."""
    if not call.people:
        raise Malformed("Say who is to enter: people is a list like [{user_id: anna}].", path="people")
    if len(call.people) > _MOST:
        raise Malformed(f"{_MOST} people at most enter by one call; make several.", path="people")
    found = find(tx, workspace.id, JOURNEY.name, key)
    if found.state != "live":
        raise Conflict(f"The journey “{key}” is {found.state}: nobody can enter until it is live.")
    journey = read_journey(found.body)
    people, unknown = _known(tx, workspace, call.people)
    seq = position(tx)
    entrants: list[Entrant] = []
    for place, profile_id in people:
        guest = call.people[place]
        told = call.facts | guest.facts
        named = guest.key if guest.key is not None else told.get(journey.correlate or "")
        if named is None and journey.correlate is None and journey.reentry.mode == "parallel":
            named = f"{now.isoformat()} {place}"
        facts = {"event": _INVITED, "at": now.isoformat(), "message_id": None, "properties": told}
        correlation = "" if named is None else str(named)
        entrants.append(Entrant(profile_id=profile_id, at=now, seq=seq, correlation=correlation, facts=facts))
    put(tx, workspace.id, found.id, journey.entry.pace, entrants, "call", now)
    wake(tx)
    return Invited(waiting=len(entrants), unknown=unknown)


def _known(
    tx: Transaction, workspace: Workspace, guests: Sequence[Guest]
) -> tuple[list[tuple[int, int]], list[Unknown]]:
    """(place, profile) of everybody who is known, and the others."""
    names = [_name(guest, place) for place, guest in enumerate(guests)]
    by_number = anchored(tx, workspace.id, [one for one in names if isinstance(one, int)])
    by_name = match(tx, workspace.id, [one for one in names if not isinstance(one, int)])
    known: list[tuple[int, int]] = []
    unknown: list[Unknown] = []
    for place, one in enumerate(names):
        if isinstance(one, int):
            profile_id, reason = by_number[one][1] if one in by_number else None, "no_such_person"
        else:
            answer = by_name[one]
            profile_id, reason = answer.profile_id, "unknown" if answer.value is not None else _damaged(one[0])
        if profile_id is None:
            unknown.append(Unknown(place=f"people[{place}]", reason=reason, words=REASONS[reason]))
        else:
            known.append((place, profile_id))
    return known, unknown


def _name(guest: Guest, place: int) -> int | tuple[str, str]:
    told = [(kind, value) for kind in _KINDS if (value := getattr(guest, kind)) is not None]
    if len(told) + (guest.id is not None) != 1:
        raise Malformed(f"Each person has one name: id, {', '.join(_KINDS)}.", path=f"people[{place}]")
    return guest.id if guest.id is not None else told[0]


def _damaged(kind: str) -> str:
    return {"email": "not_an_email", "phone": "not_a_phone"}.get(kind, "placeholder")
