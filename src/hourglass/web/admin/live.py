"""The shop right now: what the first page shows, gathered from every stage."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
from litestar import Controller, get
from litestar.di import NamedDependency as Given

from hourglass import commerce, history, journeys, log, messages, profiles
from hourglass.kernel import Clock, Permission, Workspace
from hourglass.postgres import Transaction
from hourglass.profiles import money
from hourglass.web.admin.live_answer import Live, LiveEvent, LiveEvents, LiveMessages, LiveMinute, LiveRuns

_HOUR = timedelta(hours=1)
_RECENT = 30


class LiveController(Controller):
    """`/api/live`."""

    path = "/api/live"
    tags = ("live",)

    @get("/", needs=Permission.LOOK, sync_to_thread=True)
    def now(self, tx: Given[Transaction], workspace: Given[Workspace], clock: Given[Clock]) -> Live:
        """The shop right now."""
        return live(tx, workspace, clock)


def live(tx: Transaction, workspace: Workspace, clock: Clock) -> Live:
    """Everything at one moment."""
    now = clock.now()
    today = now.astimezone(workspace.tz()).replace(hour=0, minute=0, second=0, microsecond=0)
    backlog = log.backlog(tx)
    counted = history.counts(tx, workspace, now)
    minutes = history.per_minute(tx, workspace.id, now - _HOUR, now)
    shop = commerce.live(tx, workspace, today)
    reports = journeys.report(tx, workspace.id)
    return Live(
        now=now,
        events=_events(counted, minutes, now, clock.pace()),
        lag_seconds=lag(backlog.oldest, clock),
        backlog=backlog.events,
        people=profiles.people_counts(tx, workspace.id, today),
        carts=shop.carts,
        orders=shop.orders,
        runs=LiveRuns(
            waiting=sum(report.waiting for report in reports),
            finished=sum(report.finished + report.goal for report in reports),
            exited=sum(report.exited for report in reports),
            by_journey=reports,
        ),
        messages=_said(tx, workspace),
        series=_series(minutes, messages.per_minute(tx, workspace.id, now - _HOUR, now), now),
        recent_events=_recent(tx, workspace, now),
    )


def _events(
    counted: dict[str, tuple[int, int]], minutes: list[history.Minute], now: datetime, pace: float
) -> LiveEvents:
    ever, today = counted.get("events", (0, 0))
    imported, _ = counted.get("imported", (0, 0))
    last = now - timedelta(minutes=1)
    recent = sum(minute.events for minute in minutes if minute.minute >= last - timedelta(minutes=1))
    return LiveEvents(total=ever + imported, today=today, imported=imported, per_second=round(recent / 120 * pace, 2))


def _said(tx: Transaction, workspace: Workspace) -> LiveMessages:
    counts = msgspec.structs.asdict(messages.counts(tx, workspace.id))
    credited = messages.credited(tx, workspace)
    return LiveMessages(
        **counts,
        orders=credited.orders,
        revenue=money(credited.revenue, workspace.currency),
        recent=messages.recent(tx, workspace.id, _RECENT),
    )


def _series(minutes: list[history.Minute], sent: dict[datetime, int], now: datetime) -> list[LiveMinute]:
    start = (now - _HOUR).replace(second=0, microsecond=0)
    rows = {start + timedelta(minutes=i): {"events": 0, "orders": 0} for i in range(1, 61)}
    for minute in minutes:
        if minute.minute in rows:
            rows[minute.minute]["events"] += minute.events
            if minute.name == "Order Completed":
                rows[minute.minute]["orders"] += minute.events
    return [LiveMinute(minute=at, **row, messages=sent.get(at, 0)) for at, row in rows.items()]


def _recent(tx: Transaction, workspace: Workspace, now: datetime) -> list[LiveEvent]:
    events = history.latest(tx, workspace.id, now - _HOUR, now, _RECENT)
    names = profiles.display_names(tx, workspace.id, {event.profile_id for event in events})
    return [
        LiveEvent(
            at=event.at,
            name=event.name,
            profile_id=event.profile_id,
            person=names.get(event.profile_id),
            summary=history.summary(event.properties),
            generated=event.properties.get("_generated") is True,
        )
        for event in events
    ]


def lag(oldest: datetime | None, clock: Clock) -> float:
    """Real seconds since the oldest event that is not processed was accepted."""
    return 0.0 if oldest is None else round(max(0.0, (clock.now() - oldest).total_seconds() / clock.pace()), 3)
