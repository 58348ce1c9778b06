"""When a campaign goes out: as soon as it is sent, at a moment, or when it is that time where each recipient lives."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from hourglass.kernel import Malformed

_EARLIEST = timezone(timedelta(hours=14))
"""Where a new day begins first."""


class Schedule(Struct, frozen=True, kw_only=True):
    """`at` None: at once. Without an offset it is read on the clock of the workspace or, `local`, of each person."""

    at: datetime | None = None
    local: bool = False

    def begins(self, zone: ZoneInfo, now: datetime) -> datetime:
        """When the first message may leave; recipients are fixed then. Never before now."""
        if self.at is None:
            return now
        first = self.at.replace(tzinfo=_EARLIEST) if self.local else _on_clock(self.at, zone)
        return max(now, first.astimezone(UTC))

    def moments(self, zones: Iterable[str | None], fallback: ZoneInfo, now: datetime) -> list[datetime]:
        """For people of each of these zones, when theirs leaves; an unknown zone counts as the workspace's."""
        at = self.at
        if at is None or not self.local:
            return [self.begins(fallback, now) for _ in zones]
        return [max(now, _on_clock(at, _zone(name, fallback))) for name in zones]


def read_schedule(value: object) -> Schedule:
    """`now`, or `{at: 2026-12-01T10:00, local: true}`. Raises Malformed with the path."""
    if value is None or value == "now":
        return Schedule()
    if not isinstance(value, dict):
        raise Malformed("`schedule` is now, or {at: 2026-12-01T10:00} with an optional local: true.", path="schedule")
    told = cast("dict[str, Any]", value)
    local = told.get("local", False)
    if told.keys() - {"at", "local"} or "at" not in told or not isinstance(local, bool):
        raise Malformed("A schedule is {at: 2026-12-01T10:00} with an optional local: true.", path="schedule")
    at = _moment(told["at"])
    if local and at.tzinfo is not None:
        raise Malformed("A local time has no offset: each person's own clock counts.", path="schedule.at")
    return Schedule(at=at, local=local)


def _moment(value: object) -> datetime:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError as error:
        raise Malformed(f"“{value}” is no moment; write it like 2026-12-01T10:00.", path="schedule.at") from error


def _on_clock(at: datetime, zone: ZoneInfo) -> datetime:
    return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(UTC)


def _zone(name: str | None, fallback: ZoneInfo) -> ZoneInfo:
    try:
        return ZoneInfo(name) if name else fallback
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return fallback
