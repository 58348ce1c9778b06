"""How much is to be expected: how often the entry comes, from how many people, and whom messages may reach."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import Struct

from hourglass.backtest.check.todo import Todo, todo
from hourglass.journeys import Journey, sendings
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("check.sql"))
_DAY = timedelta(days=1)


class Heard(Struct, frozen=True, kw_only=True):
    """An event of the last days: how often, from how many identities, when last (None: never)."""

    events: int
    people: int
    last: datetime | None


class Traffic(Struct, frozen=True, kw_only=True):
    """The events that a journey lives by; None for one that never came."""

    events: dict[str, Heard | None]
    since: datetime


def traffic_of(
    tx: Transaction, workspace: Workspace, names: Collection[str], since: datetime, now: datetime
) -> Traffic:
    """Read the hot history of the last days."""
    place = {"workspace_id": workspace.id, "names": sorted(names), "since": since, "now": now}
    heard: dict[str, Heard | None] = dict.fromkeys(names)
    for name, events, people, last in _queries.tuples(tx, "heard", **place):
        if last is None:
            last = _queries.scalar(tx, "last_heard", workspace_id=workspace.id, event=name)  # noqa: PLW2901 - at most a few
        heard[name] = None if last is None else Heard(events=events, people=people, last=last)
    return Traffic(events=heard, since=since)


def traffic_todos(
    tx: Transaction, workspace: Workspace, journey: Journey, event: str | None, traffic: Traffic, now: datetime
) -> Iterator[Todo]:
    """Events that nobody sends, the expected volume, and how many of these people may be written to."""
    days = round((now - traffic.since) / _DAY)
    for name, heard in sorted(traffic.events.items()):
        path = "entry.event" if name == event else ""
        if heard is None or heard.last is None:
            yield todo("must" if name == event else "should", "event_never", path, event=name)
        elif not heard.events:
            yield todo("should", "event_silent", path, event=name, at=f"{heard.last:%Y-%m-%d}", days=days)
    entry = traffic.events.get(event) if event else None
    if entry is not None and entry.events:
        daily = f"{entry.events / days:.0f}" if entry.events >= days else f"{entry.events / days:.1f}"
        yield todo("know", "volume", "entry", days=days, events=entry.events, people=entry.people, daily=daily)
        yield from _reach(tx, workspace, journey, str(event), traffic.since, now)


def _reach(
    tx: Transaction, workspace: Workspace, journey: Journey, event: str, since: datetime, now: datetime
) -> Iterator[Todo]:
    channels = {channel for node in journey.program.nodes.values() for channel, _ in sendings(node.step)}
    for channel in sorted(channels) if journey.message_class == "marketing" else ():
        place = {"workspace_id": workspace.id, "event": event, "since": since, "now": now, "channel": channel}
        ((people, reachable),) = _queries.tuples(tx, "reachable", topic=journey.topic, **place)
        share = round(100 * reachable / people) if people else 0
        yield todo("know" if share else "should", "reach", "entry", reachable=reachable, channel=channel, share=share)
