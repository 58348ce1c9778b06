"""When a campaign goes out: at once, at a moment or again and again, by the shop's clock or each recipient's own."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta, timezone
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import Struct

from hourglass.journeys import Rhythm, read_rhythm
from hourglass.kernel import Malformed, parse_duration

EARLIEST = timezone(timedelta(hours=14))
"""Where a new day begins first."""
_SAID = 'A schedule is now, {at: 2026-12-01T10:00} or {every: week, on: tue, at: "10:00"}; optionally with local: true.'
_GRACE = timedelta(hours=12)
_ONCE = {"at", "local", "passed"}
_REPEATED = {*_ONCE, "every", "on", "until", "count", "grace"}
_EARLIEST_ZONE = ZoneInfo("Etc/GMT-14")  # the same as EARLIEST: signs are turned round in these names
_DAY = timedelta(days=1)


class Schedule(Struct, frozen=True, kw_only=True):
    """`at` None: at once. Without an offset it is read on the clock of the workspace or, `local`, of each person.

    `passed`: what those get whose hour is over when it begins: the message at once, or at this hour of their next day.
    With a `rhythm` it repeats, `count` times or until a moment; an occasion later than `grace` is missed.
    """

    at: datetime | None = None
    local: bool = False
    passed: Literal["at_once", "next_day"] = "at_once"
    rhythm: Rhythm | None = None
    until: datetime | None = None
    """The last moment of an occasion, on the clock of the workspace."""
    count: int | None = None
    grace: timedelta = _GRACE

    def occasion_after(self, moment: datetime, zone: ZoneInfo) -> datetime | None:
        """When it begins next after a moment, if it repeats: by people's own clocks, where the day begins first."""
        if self.rhythm is None:
            return None
        clock = _EARLIEST_ZONE if self.local else zone
        found = self.rhythm.after(moment, clock)
        over = found is None or (self.until is not None and found.astimezone(clock).replace(tzinfo=None) > self.until)
        return None if over else found

    def on(self, occasion: datetime, zone: ZoneInfo) -> Schedule:
        """The schedule of one edition."""
        clock = EARLIEST if self.local else zone
        return Schedule(at=occasion.astimezone(clock).replace(tzinfo=None), local=self.local, passed=self.passed)

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
    """`now`, `{at: 2026-12-01T10:00}` or `{every: week, on: tue, at: "10:00"}`. Raises Malformed with the path."""
    if value is None or value == "now":
        return Schedule()
    told = cast("dict[str, Any]", value) if isinstance(value, dict) else {}
    if "every" in told and not told.keys() - _REPEATED:
        return _repeated(told)
    if "at" not in told or told.keys() - _ONCE:
        raise Malformed(_SAID, path="schedule")
    at, (local, passed) = _moment(told["at"]), _clocks(told)
    if local and at.tzinfo is not None:
        raise Malformed("A local time has no offset: each person's own clock counts.", path="schedule.at")
    return Schedule(at=at, local=local, passed=passed)


def _clocks(told: dict[str, Any]) -> tuple[bool, Literal["at_once", "next_day"]]:
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


def _repeated(told: dict[str, Any]) -> Schedule:
    every = told["every"]
    if isinstance(every, str) and "FREQ=" in every.upper():
        if "COUNT=" in every.upper() or "UNTIL=" in every.upper() or told.keys() & {"on", "at"}:
            raise Malformed(
                "Beside a recurrence rule stand `until` and `count`; its days and hours stand in the rule.",
                path="schedule.every",
            )
        rhythm = read_rhythm(every, "schedule.every")
    else:
        rhythm = read_rhythm({name: told[name] for name in ("every", "on", "at") if name in told}, "schedule")
    local, passed = _clocks(told)
    count, until = told.get("count"), told.get("until")
    if count is not None and (isinstance(count, bool) or not isinstance(count, int) or count < 1):
        raise Malformed("`count` is how many editions there are, 1 or more.", path="schedule.count")
    return Schedule(
        local=local,
        passed=passed,
        rhythm=rhythm,
        until=None if until is None else _last_moment(until),
        count=count,
        grace=parse_duration(str(told["grace"]), "schedule.grace") if "grace" in told else _GRACE,
    )


def _last_moment(value: object) -> datetime:
    """A day counts whole."""
    until = _moment(value, "schedule.until").replace(tzinfo=None)
    return until.replace(hour=23, minute=59) if until.time() == time() else until


def _next(clock: time, since: datetime, zone: ZoneInfo) -> datetime:
    """The first such time of day not before a moment."""
    day = since.astimezone(zone).date()
    found = datetime.combine(day, clock, zone).astimezone(UTC)
    return found if found >= since else datetime.combine(day + _DAY, clock, zone).astimezone(UTC)


def _moment(value: object, path: str = "schedule.at") -> datetime:
    try:
        return datetime.fromisoformat(str(value))
    except ValueError as error:
        raise Malformed(f"“{value}” is no moment; write it like 2026-12-01T10:00.", path=path) from error


def _on_clock(at: datetime, zone: ZoneInfo) -> datetime:
    return (at if at.tzinfo is not None else at.replace(tzinfo=zone)).astimezone(UTC)
