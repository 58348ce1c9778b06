"""When a campaign goes out: as soon as it is sent, at a moment, or when it is that time where each recipient lives."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from hourglass.kernel import Malformed

EARLIEST = timezone(timedelta(hours=14))
"""Where a new day begins first."""
_SAID = "A schedule is now, or {at: 2026-12-01T10:00} with an optional local: true."
_DAY = timedelta(days=1)


class Schedule(Struct, frozen=True, kw_only=True):
    """`at` None: at once. Without an offset it is read on the clock of the workspace or, `local`, of each person.

    `passed`: what those get whose hour is over when it begins: the message at once, or at this hour of their next day.
    """

    at: datetime | None = None
    local: bool = False
    passed: Literal["at_once", "next_day"] = "at_once"

    def begins(self, zone: ZoneInfo, now: datetime) -> datetime:
        """When the first message may leave; recipients are fixed then. Never before now."""
        if self.at is None:
            return now
        first = self.at.replace(tzinfo=EARLIEST) if self.local else _on_clock(self.at, zone)
        return max(now, first.astimezone(UTC))

    def leaves(self, zone: ZoneInfo, now: datetime, clock: time | None = None) -> datetime:
        """When it leaves to those who live by this zone; `clock`: the hour of a variant of its own."""
        due = now if self.at is None else _on_clock(self.at, zone)
        if clock is not None:
            return _next(clock, max(due, now), zone)
        if due < now and self.local and self.passed == "next_day":
            return _next(due.astimezone(zone).time(), now, zone)
        return max(due, now)

    def follows(self, zone: ZoneInfo, now: datetime, clock: time | None = None) -> datetime:
        """The same for those who waited for a choice: what goes by people's own clocks never comes at an odd hour."""
        if clock is None and self.local and self.at is not None:
            clock = self.at.time()
        return self.leaves(zone, now, clock)


def zone_named(name: str | None, fallback: ZoneInfo) -> ZoneInfo:
    """What a person says, if there is such a zone."""
    try:
        return ZoneInfo(name) if name else fallback
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return fallback


def read_schedule(value: object) -> Schedule:
    """`now`, or `{at: 2026-12-01T10:00, local: true, passed: next_day}`. Raises Malformed with the path."""
    if value is None or value == "now":
        return Schedule()
    told = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    if "at" not in told or told.keys() - {"at", "local", "passed"}:
        raise Malformed(_SAID, path="schedule")
    at, (local, passed) = _moment(told["at"]), read_clocks(told)
    if local and at.tzinfo is not None:
        raise Malformed("A local time has no offset: each person's own clock counts.", path="schedule.at")
    return Schedule(at=at, local=local, passed=passed)


def read_clocks(told: dict[str, Any]) -> tuple[bool, Literal["at_once", "next_day"]]:
    """By whose clocks, and what those get whose hour is over."""
    local, passed = told.get("local", False), told.get("passed", "at_once")
    if not isinstance(local, bool):
        raise Malformed("`local` is true or false.", path="schedule.local")
    if passed not in ("at_once", "next_day") or ("passed" in told and not local):
        raise Malformed(
            "`passed` says what people get whose hour is over, with local: true: at_once or next_day.",
            path="schedule.passed",
        )
    return local, passed


def _next(clock: time, since: datetime, zone: ZoneInfo) -> datetime:
    """The first such time of day not before a moment."""
    day = since.astimezone(zone).date()
    found = datetime.combine(day, clock, zone).astimezone(UTC)
    return found if found >= since else datetime.combine(day + _DAY, clock, zone).astimezone(UTC)


def _moment(value: object) -> datetime:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError as error:
        raise Malformed(f"“{value}” is no moment; write it like 2026-12-01T10:00.", path="schedule.at") from error


def _on_clock(at: datetime, zone: ZoneInfo) -> datetime:
    return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(UTC)
