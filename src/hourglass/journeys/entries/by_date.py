"""The day a trait tells, at a time of day where each person lives: birthdays, and whatever has a date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from psycopg.types.json import Jsonb

from hourglass.journeys.entries.queue import Doorway, position
from hourglass.journeys.registry import Standing
from hourglass.journeys.ways.way import OnDate
from hourglass.kernel import Workspace, local_moment
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("sweep.sql"))
_YEARLY_APART, _APART = timedelta(days=300), timedelta(days=2)
"""Nobody has the same occasion again within so long, whatever they change about themselves."""
_EVER = datetime.min.replace(tzinfo=UTC)
_DAY = timedelta(days=1)
_FEBRUARY_28, _LEAP_DAY = "02-28", "02-29"


def by_date(
    tx: Transaction, workspace: Workspace, standing: Standing, way: OnDate, since: datetime, now: datetime
) -> int:
    """Let in those whose moment came after `since`; how many. Nothing is asked while it is that time nowhere."""
    if next_anywhere(way.at, workspace.tz(), since) > now:
        return 0
    days = list(days_between(way, workspace, max(since, now - standing.journey.max_age), now))
    here = {"workspace_id": workspace.id, "journey_id": standing.id}
    if not days or not _queries.scalar(tx, "claim", **here, upto=now):
        return 0
    journey = standing.journey
    doorway = Doorway(tx, workspace.id, standing.id, journey.entry.pace, min(moment for _, _, moment in days))
    facts = {"event": "Date", "at": now.isoformat(), "message_id": None, "properties": {"trait": way.trait}}
    count = _queries.execute(
        tx,
        "dates",
        **here,
        zones=[zone for zone, _, _ in days],
        days=[day for _, day, _ in days],
        moments=[moment for _, _, moment in days],
        known=zone_names(),
        trait=way.trait,
        yearly=way.yearly,
        parallel=journey.reentry.mode == "parallel",
        first=doorway.first,
        pace=doorway.pace,
        seq=position(tx),
        facts=Jsonb(facts),
        apart=_YEARLY_APART if way.yearly else _APART,
    )
    doorway.close(count)
    return count


@lru_cache(maxsize=256)
def next_anywhere(at: time, own: ZoneInfo, since: datetime) -> datetime:
    """When it is that time of day next, anywhere."""
    days = [since.date() + offset * _DAY for offset in (-1, 0, 1, 2)]
    moments = (local_moment(day, at, zone, _EVER) for zone in (own, *_zones().values()) for day in days)
    return min(moment for moment in moments if moment > since)


def days_between(
    way: OnDate, workspace: Workspace, since: datetime, now: datetime
) -> Iterator[tuple[str, str, datetime]]:
    """(zone, what the trait says, moment) of all moments after `since`; the zone "" is the workspace's."""
    for name, zone in [("", workspace.tz()), *_zones().items()]:
        day = since.astimezone(zone).date() - _DAY
        while day <= now.astimezone(zone).date():
            moment = local_moment(day, way.at, zone, _EVER)
            if since < moment <= now:
                yield from ((name, said, moment) for said in _said(way, day - timedelta(days=way.days)))
            day += _DAY


def _said(way: OnDate, day: date) -> list[str]:
    """What the trait says of those whose day it is; the 29th of February is the 28th in common years."""
    if not way.yearly:
        return [day.isoformat()]
    said = f"{day:%m-%d}"
    common = day.year % 4 or (day.year % 100 == 0 and day.year % 400)
    return [said, _LEAP_DAY] if said == _FEBRUARY_28 and common else [said]


def zone_names() -> list[str]:
    """The names of all zones; people with another one live in the workspace's."""
    return list(_zones())


@cache
def _zones() -> dict[str, ZoneInfo]:
    """Every zone there is; a name that is none of them counts as the workspace's."""
    found: dict[str, ZoneInfo] = {}
    for name in sorted(available_timezones()):
        try:
            found[name] = ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder's leftovers
            continue
    return found
