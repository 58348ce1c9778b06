"""Keeps to the limits of providers: what may leave now does, the rest is told when its turn will be.

A line is a token bucket written as a moment (the generic cell rate algorithm, ITU-T I.371): `used_until` says until
when what has left keeps the line busy at the pace that is allowed. All workers share the lines, rows of PostgreSQL,
so several of them keep one limit together, and a restart forgets nothing. A message that has to wait goes back to the
outbox with its turn as its time; so it is looked at twice, not again and again. Single messages may run a second ahead
of campaigns, which then wait for that.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hourglass.channels import Rate, tomorrow
from hourglass.messages.candidates.answer import Deferred
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.delivery.ways import Place, Way
from hourglass.messages.outbox.claim import Lane
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("pace.sql"))
_AHEAD = {Lane.TRIGGERED: timedelta(seconds=2), Lane.CAMPAIGN: timedelta(seconds=1)}
_WHOLE = ""
Key = tuple[int, str, str]


class Line(Struct, kw_only=True):
    """One limit as it stands: of a provider as a whole, or for one mail domain."""

    workspace_id: int
    provider: str
    domain: str
    used_until: datetime
    booked_until: datetime
    day: date
    day_used: int

    def refuses(self, rate: Rate, now: datetime, ahead: timedelta, *, daily: bool) -> str | None:
        """Why nothing more may leave at this moment; None: one may."""
        today = rate.today(now) if daily else None
        if today is not None and self.day_used >= today:
            return "warm_up" if rate.warming(now) else "daily_limit"
        return "rate_limited" if rate.spacing and self.used_until > now + ahead else None

    def take(self, rate: Rate, now: datetime) -> None:
        """One leaves."""
        self.used_until = max(self.used_until, now) + timedelta(seconds=rate.spacing)
        self.day_used += 1

    def book(self, rate: Rate, why: str, now: datetime, ahead: timedelta) -> datetime:
        """When the turn of one that has to wait will be."""
        if why != "rate_limited":
            return tomorrow(now)
        turn = max(self.booked_until, self.used_until - ahead, now)
        self.booked_until = turn + timedelta(seconds=rate.spacing)
        return turn


def pace(
    tx: Transaction,
    candidates: Sequence[Candidate],
    ways: Mapping[tuple[int, str], tuple[Way, ...]],
    rooms: dict[Place, int],
    now: datetime,
) -> None:
    """Defer those that the limits of the provider that will carry them do not let leave now.

    `rooms` says how many may be planned for a provider that is not well (it is used up); the next one carries the rest.
    Where nobody is well, nothing is taken: only what leaves counts.
    """
    asking = [(one, chain) for one in candidates if one.objection is None and (chain := _chain(one, ways, rooms))]
    limits = [(one, [(way, _rates(one, way)) for way in chain]) for one, chain in asking]
    keys = {key for _, chain in limits for _, rates in chain for key in rates}
    lines = _hold(tx, sorted(keys), now) if keys else {}
    for one, chain in limits:
        for way, rates in chain:
            room = rooms.get(way.place)
            if room == 0:
                continue
            if _decide(one, [(lines[key], rate) for key, rate in rates.items()], now):
                one.via = way.place
                if room is not None:
                    rooms[way.place] = room - 1
            break
    if lines:
        _store(tx, list(lines.values()))


def carrier(chain: Sequence[Way], rooms: Mapping[Place, int]) -> str | None:
    """The name of the first provider that is there; the first of all where none is."""
    there = (way.name for way in chain if rooms.get(way.place) != 0)
    return next(there, chain[0].name if chain else None)


def unused(via: Place | None, address: str | None) -> Key | None:
    """The line of the domain on which a message was counted that did not leave by that provider."""
    return None if via is None else (via[0], via[1], _domain(address))


def give_back(tx: Transaction, lines: Sequence[Key], now: datetime) -> None:
    """What was counted for this day and did not leave: an outage must not use up the plan of the day."""
    counts = Counter((key[0], key[1], domain) for key in lines for domain in {_WHOLE, key[2]})
    if counts:
        _queries.execute(
            tx,
            "give_back",
            workspace_ids=[key[0] for key in counts],
            providers=[key[1] for key in counts],
            domains=[key[2] for key in counts],
            counts=list(counts.values()),
            today=now.astimezone(UTC).date(),
        )


def _chain(
    one: Candidate, ways: Mapping[tuple[int, str], tuple[Way, ...]], rooms: Mapping[Place, int]
) -> tuple[Way, ...]:
    """Who may come to carry it: up to the first provider that is well."""
    told = ways.get((one.claim.workspace_id, one.claim.channel), ())
    well = next((place for place, way in enumerate(told) if way.place not in rooms), len(told))
    return told[: well + 1]


def _rates(one: Candidate, way: Way) -> dict[Key, Rate]:
    """The limits of a provider that a message is under, by line."""
    if way.limits is None:
        return {}
    domain = _domain(one.address)
    told = {_WHOLE: way.limits, domain: way.limits.of_domain(domain) if domain else None}
    return {
        (way.workspace_id, way.name, name): rate
        for name, rate in told.items()
        if rate is not None and (rate.spacing or rate.per_day or rate.warm_up)
    }


def _domain(address: str | None) -> str:
    return (address or "").rpartition("@")[2].lower()


def _decide(one: Candidate, under: Sequence[tuple[Line, Rate]], now: datetime) -> bool:
    """Whether it may leave; it is counted then, and deferred otherwise."""
    ahead, daily = _AHEAD[one.claim.lane], one.claim.marketing
    for line, rate in under:
        why = line.refuses(rate, now, ahead, daily=daily)
        if why is not None:
            until = line.book(rate, why, now, ahead)
            one.objection = Deferred(reason=why, until=until, detail=line.domain or line.provider)
            return False
    for line, rate in under:
        line.take(rate, now)
    return True


def _hold(tx: Transaction, keys: Sequence[Key], now: datetime) -> dict[Key, Line]:
    """The lines, for this transaction alone; a new day begins at nothing."""
    asked = {
        "workspace_ids": [key[0] for key in keys],
        "providers": [key[1] for key in keys],
        "domains": [key[2] for key in keys],
    }
    today = now.astimezone(UTC).date()
    _queries.execute(tx, "open", **asked, now=now, today=today)
    lines = _queries.rows(tx, "hold", Line, **asked)
    for line in lines:
        if line.day != today:
            line.day, line.day_used = today, 0
    return {(line.workspace_id, line.provider, line.domain): line for line in lines}


def _store(tx: Transaction, lines: Sequence[Line]) -> None:
    _queries.execute(
        tx,
        "store",
        workspace_ids=[line.workspace_id for line in lines],
        providers=[line.provider for line in lines],
        domains=[line.domain for line in lines],
        used=[line.used_until for line in lines],
        booked=[line.booked_until for line in lines],
        days=[line.day.isoformat() for line in lines],
        counts=[line.day_used for line in lines],
    )
