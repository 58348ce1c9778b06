"""The rules of a workspace about how often and when people are written to; `settings.policy` of the workspace."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from msgspec import Meta, Struct, field

from hourglass.kernel import Malformed, parse_duration

ClockTime = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Cap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """At most so many marketing messages in a rolling window."""

    messages: Annotated[int, Meta(ge=0)] = 3
    within: str = "7d"

    @property
    def window(self) -> timedelta:
        """The window as a span."""
        return parse_duration(self.within)


class Quiet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"start": "from", "end": "until"}):
    """Hours, on the recipient's clock, in which nothing leaves; they may go over midnight."""

    start: ClockTime
    end: ClockTime

    def ends(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """When the quiet that reigns now is over; None when nothing is quiet."""
        local = now.astimezone(zone)
        start, end = time.fromisoformat(self.start), time.fromisoformat(self.end)
        over_midnight = end <= start
        at = local.time().replace(tzinfo=None)
        quiet = (at >= start or at < end) if over_midnight else start <= at < end
        if not quiet:
            return None
        day = local.date() + timedelta(days=1 if over_midnight and at >= start else 0)
        return datetime.combine(day, end, tzinfo=zone).astimezone(now.tzinfo)


class ChannelPolicy(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The rules of one channel."""

    cap: Cap | None = field(default_factory=Cap)
    quiet: Quiet | None = None


Policy = dict[str, ChannelPolicy]
_DEFAULT = ChannelPolicy()


def read_policy(settings: dict[str, Any]) -> Policy:
    """`{"policy": {"email": {"cap": {"messages": 3, "within": "7d"}, "quiet": {"from": "21:00", "until": "09:00"}}}}`.

    Raises Malformed with the place.
    """
    try:
        policy = msgspec.convert(settings.get("policy", {}), dict[str, ChannelPolicy])
    except msgspec.ValidationError as error:
        raise Malformed(f"The policy of the workspace is wrong: {error}.", path="policy") from error
    for channel, rules in policy.items():
        if rules.cap is not None:
            parse_duration(rules.cap.within, f"policy.{channel}.cap.within")
    return policy


def rules_for(policy: Policy, channel: str) -> ChannelPolicy:
    """The rules of a channel: three messages in seven days where nothing else is said."""
    return policy.get(channel, _DEFAULT)


def zone_of(traits: dict[str, Any], fallback: ZoneInfo) -> ZoneInfo:
    """The zone a person lives in, as far as their traits say."""
    named = traits.get("timezone") or traits.get("zone")
    try:
        return ZoneInfo(named) if isinstance(named, str) else fallback
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return fallback
