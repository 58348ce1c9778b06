"""Budgets: how many messages a period may cost, such as an SMS package or a promotion with few codes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from msgspec import Meta, Struct

from hourglass.messages.policy.cap import NEVER, Word

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


class Budget(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"otherwise": "else"}):
    """So many messages a period, of a channel, a topic, a journey or of all. `else`: what becomes of the others."""

    key: Word
    messages: Annotated[int, Meta(ge=0)]
    per: Literal["hour", "day", "week", "month", "ever"] = "month"
    channel: Word | None = None
    topic: Word | None = None
    journey: Word | None = None
    otherwise: Literal["skip", "wait"] = "skip"

    def concerns(self, channel: str, topic: str, journey: str | None) -> bool:
        """Whether such a message is paid from it."""
        return self.channel in (None, channel) and self.topic in (None, topic) and self.journey in (None, journey or "")

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
