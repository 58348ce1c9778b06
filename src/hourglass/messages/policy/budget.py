"""Budgets: how many messages, or how much money, a period may cost: an SMS package, a promotion and its discounts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from hourglass.messages.policy.cap import NEVER, Word

_PARTS = 100
_MOST = 1e12
Cost = Annotated[str, Meta(pattern=r"^(event|profile)\..{1,100}$")]
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Budget(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"otherwise": "else"}):
    """So many messages or so much money a period, for a channel, provider, topic, journey or for everything.

    `else`: what becomes of the others. One of `messages` and `amount` is given; money is in the workspace's currency.
    """

    key: Word
    messages: Annotated[int, Meta(ge=0)] | None = None
    amount: Annotated[float, Meta(ge=0, le=1e15)] | None = None
    cost: Annotated[float, Meta(ge=0, le=1e12)] | Cost = 1
    """What a message takes of the amount: a number, or where it stands: `event.discount`, `profile.bonus`."""
    per: Literal["hour", "day", "week", "month", "ever"] = "month"
    channel: Word | None = None
    provider: Word | None = None
    """The provider that is to carry it: key of its document, or name of the plug-in."""
    topic: Word | None = None
    journey: Word | None = None
    otherwise: Literal["skip", "wait", "next"] | None = None
    """`next`: the next provider of the channel carries the others; not said, that is so where `provider` is said."""

    @property
    def manner(self) -> Literal["skip", "wait", "next"]:
        """What becomes of the others, also where nobody said."""
        return self.otherwise or ("next" if self.provider is not None else "skip")

    @property
    def limit(self) -> int:
        """In units: messages, or hundredths of the currency."""
        return self.messages or 0 if self.amount is None else round(self.amount * _PARTS)

    def concerns(self, channel: str, topic: str, journey: str | None) -> bool:
        """Whether such a message is paid from it, if its provider carries it."""
        told = ((self.channel, channel), (self.topic, topic), (self.journey, journey))
        return all(wanted is None or wanted == its for wanted, its in told)

    def price(self, event: Mapping[str, Any], traits: Mapping[str, Any]) -> int:
        """What one message takes, in units; a value that is missing or no number takes nothing."""
        if self.amount is None:
            return 1
        if not isinstance(self.cost, str):
            return round(self.cost * _PARTS)
        root, _, name = self.cost.partition(".")
        return _parts((event if root == "event" else traits).get(name))

    def shown(self, units: int) -> str:
        """As it stands in a stored answer: a count, or money."""
        return f"{units}" if self.amount is None else f"{units / _PARTS:.2f}"

    def period(self, now: datetime, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """The period that is running: its beginning, and that of the next; days are those of the workspace."""
        if self.per == "ever":
            return _BEGINNING, NEVER
        if self.per == "hour":
            start = now.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
            return start, start + timedelta(hours=1)
        day = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
        if self.per == "week":
            day -= timedelta(days=day.weekday())
        if self.per == "month":
            day = day.replace(day=1)
            after = (day + timedelta(days=32)).replace(day=1)
        else:
            after = day + timedelta(days=7 if self.per == "week" else 1)
        return day.astimezone(UTC), after.astimezone(UTC)


def _parts(told: Any) -> int:
    """Money as a shop writes it, in hundredths."""
    try:
        number = 0.0 if isinstance(told, bool) else float(told)
    except (TypeError, ValueError):
        return 0
    return round(number * _PARTS) if 0 < number <= _MOST else 0
