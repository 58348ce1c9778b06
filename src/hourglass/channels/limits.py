"""How fast a provider may be used, as its document says: by second, minute and day, for each domain, and warm-up."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from hourglass.kernel import Malformed

_Count = Annotated[int, Meta(ge=1)]
EVERY_DOMAIN = "*"


class WarmUp(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"start": "from"}):
    """A new sender shows itself bit by bit: `first` messages on the first day, each day `growth` times as many."""

    start: date
    first: _Count = 50
    growth: Annotated[float, Meta(gt=1)] = 1.5
    until: _Count = 100_000
    """When a day reaches this many, the sender is warm and the plan is over."""

    def allows(self, day: date) -> int | None:
        """How many on that day; None when the plan is over. Before it begins, as on its first day."""
        days = max(0, (day - self.start).days)
        allowed = self.first * self.growth ** min(days, 1000)
        return None if allowed >= self.until else int(allowed)


class Rate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits that hold together."""

    per_second: _Count | None = None
    per_minute: _Count | None = None
    per_day: _Count | None = None
    warm_up: WarmUp | None = None

    @property
    def spacing(self) -> float:
        """Seconds between two messages on average; 0 without a limit."""
        return max(1 / self.per_second if self.per_second else 0.0, 60 / self.per_minute if self.per_minute else 0.0)

    def today(self, now: datetime) -> int | None:
        """How many on this day of UTC; None: as many as one likes."""
        warm = None if self.warm_up is None else self.warm_up.allows(now.astimezone(UTC).date())
        told = [limit for limit in (self.per_day, warm) if limit is not None]
        return min(told, default=None)

    def warming(self, now: datetime) -> bool:
        """Whether it is the plan that limits the day."""
        return self.warm_up is not None and self.warm_up.allows(now.astimezone(UTC).date()) == self.today(now)


class Limits(Rate, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of the provider as a whole, and for mail domains; `*` stands for each domain that is not named."""

    domains: dict[str, Rate] = {}
    when_full: Literal["next", "wait"] | None = None
    """Whether the next provider carries what the day of this one does not hold. Not said: it does, but for warm-up."""

    @property
    def of_the_day(self) -> bool:
        """Whether a day of it can be used up."""
        return any(rate.per_day or rate.warm_up for rate in (self, *self.domains.values()))

    def moves_on(self, why: str) -> bool:
        """Whether a message that may not leave, for such a reason, is one for the next provider."""
        if why == "rate_limited":
            return False
        return self.when_full == "next" or (self.when_full is None and why != "warm_up")

    def of_domain(self, domain: str) -> Rate | None:
        """The limits for messages to a domain."""
        return self.domains.get(domain, self.domains.get(EVERY_DOMAIN))


def tomorrow(now: datetime) -> datetime:
    """When the next day of UTC begins."""
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return today + timedelta(days=1)


def read_limits(value: object) -> Limits | None:
    """`{per_second: 14, per_day: 50000, domains: {gmail.com: {per_minute: 300}}, warm_up: {from: 2026-12-01}}`."""
    if value is None:
        return None
    try:
        return msgspec.convert(value, Limits)
    except msgspec.ValidationError as error:
        raise Malformed(f"The limits are wrong: {error}.", path="limits") from error


def limits_schema() -> dict[str, Any]:
    """Its JSON Schema, without references."""
    count = {"type": "integer", "minimum": 1}
    warm_up = {
        "type": "object", "required": ["from"], "additionalProperties": False,
        "properties": {"from": {"type": "string", "format": "date"}, "first": count, "until": count,
                       "growth": {"type": "number", "exclusiveMinimum": 1}},
    }  # fmt: skip
    rate = {"per_second": count, "per_minute": count, "per_day": count, "warm_up": warm_up}
    one = {"type": "object", "properties": rate, "additionalProperties": False}
    when_full = {"enum": ["next", "wait"]}
    return {
        **one,
        "properties": {**rate, "domains": {"type": "object", "additionalProperties": one}, "when_full": when_full},
    }
