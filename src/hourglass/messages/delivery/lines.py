"""The lines at providers: a limit each, as it stands; rows of PostgreSQL, shared by all workers.

A line is a token bucket written as a moment (the generic cell rate algorithm, ITU-T I.371): `used_until` says until
when what has left keeps the line busy at the pace that is allowed. So several workers keep one limit together, and a
restart forgets nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hourglass.channels import Rate, tomorrow
from hourglass.messages.delivery.ways import Place, Way
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("lines.sql"))
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

    def used_up(self, rate: Rate, now: datetime) -> str | None:
        """Why nothing more may leave on this day; None: something may."""
        today = rate.today(now)
        if today is None or self.day_used < today:
            return None
        return "warm_up" if rate.warming(now) else "daily_limit"

    def refuses(self, rate: Rate, now: datetime, ahead: timedelta, *, daily: bool) -> str | None:
        """Why nothing more may leave at this moment; None: one may."""
        if daily and (why := self.used_up(rate, now)) is not None:
            return why
        return "rate_limited" if rate.spacing and self.used_until > now + ahead else None

    def take(self, rate: Rate, now: datetime) -> None:
        """One leaves."""
        self.used_until = max(self.used_until, now) + timedelta(seconds=rate.spacing)
        self.day_used += 1

    def turn(self, why: str, now: datetime, ahead: timedelta) -> datetime:
        """When the turn of one that has to wait would be."""
        return tomorrow(now) if why != "rate_limited" else max(self.booked_until, self.used_until - ahead, now)

    def book(self, rate: Rate, why: str, now: datetime, ahead: timedelta) -> datetime:
        """When the turn of one that has to wait will be; it is kept for it."""
        turn = self.turn(why, now, ahead)
        if why == "rate_limited":
            self.booked_until = turn + timedelta(seconds=rate.spacing)
        return turn


def rates(way: Way, address: str | None) -> dict[Key, Rate]:
    """The limits of a provider that a message to an address is under, by line."""
    if way.limits is None:
        return {}
    domain = _domain(address)
    told = {_WHOLE: way.limits, domain: way.limits.of_domain(domain) if domain else None}
    return {
        (way.workspace_id, way.name, name): rate
        for name, rate in told.items()
        if rate is not None and (rate.spacing or rate.per_day or rate.warm_up)
    }


def unused(via: Place | None, address: str | None) -> Key | None:
    """The line of the domain on which a message was counted that did not leave by that provider."""
    return None if via is None else (via[0], via[1], _domain(address))


def look(tx: Transaction, keys: Iterable[Key], now: datetime) -> dict[Key, Line]:
    """The lines as they stand; others may change them meanwhile."""
    return _of_today(_queries.rows(tx, "look", Line, **_asked(sorted(keys))), now)


def hold(tx: Transaction, keys: Iterable[Key], now: datetime) -> dict[Key, Line]:
    """The lines, for this transaction alone."""
    asked = _asked(sorted(keys))
    _queries.execute(tx, "open", **asked, now=now, today=_day(now))
    return _of_today(_queries.rows(tx, "hold", Line, **asked), now)


def store(tx: Transaction, lines: Sequence[Line]) -> None:
    """As they stand now."""
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


def give_back(tx: Transaction, lines: Sequence[Key], now: datetime) -> None:
    """What was counted for this day and did not leave: an outage must not use up the plan of the day."""
    counts = Counter((key[0], key[1], domain) for key in lines for domain in {_WHOLE, key[2]})
    if counts:
        _queries.execute(tx, "give_back", **_asked(list(counts)), counts=list(counts.values()), today=_day(now))


def _asked(keys: Sequence[Key]) -> dict[str, list[object]]:
    return {
        "workspace_ids": [key[0] for key in keys],
        "providers": [key[1] for key in keys],
        "domains": [key[2] for key in keys],
    }


def _of_today(lines: Iterable[Line], now: datetime) -> dict[Key, Line]:
    """A new day begins at nothing."""
    today, found = _day(now), {(line.workspace_id, line.provider, line.domain): line for line in lines}
    for line in found.values():
        if line.day != today:
            line.day, line.day_used = today, 0
    return found


def _day(now: datetime) -> date:
    return now.astimezone(UTC).date()


def _domain(address: str | None) -> str:
    return (address or "").rpartition("@")[2].lower()
