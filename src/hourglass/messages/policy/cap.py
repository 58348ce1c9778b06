"""Frequency caps: how many messages a person gets in a rolling window."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Literal

from msgspec import Meta, Struct

from hourglass.kernel import parse_duration

NEVER = datetime.max.replace(tzinfo=UTC)
Word = Annotated[str, Meta(min_length=1, max_length=100)]


@lru_cache(maxsize=256)
def span(text: str) -> timedelta:
    """`7d` as a span of time. Raises Malformed."""
    return parse_duration(text)


class Had(Struct, frozen=True, kw_only=True):
    """One message that reached a person, or is on its way. `sure`: it left, or nobody can say that it did not."""

    at: datetime
    channel: str
    topic: str
    marketing: bool = True
    sure: bool = True
    journey: str | None = None


class Cap(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename={"otherwise": "else"}):
    """At most so many messages within a rolling window, for each channel by itself or for the person as a whole."""

    messages: Annotated[int, Meta(ge=0, le=100_000)]
    within: str = "7d"
    channel: Word | None = None
    topic: Word | None = None
    per: Literal["channel", "person"] = "channel"
    counts: Literal["marketing", "everything"] = "marketing"
    otherwise: Literal["skip", "wait"] = "skip"
    at_most: str = "1d"
    """How long a message waits for room, where it waits."""

    def concerns(self, channel: str, topic: str) -> bool:
        """Whether it limits such a message."""
        return self.channel in (None, channel) and self.topic in (None, topic)

    def counted(self, had: Iterable[Had], channel: str, now: datetime) -> list[Had]:
        """What fills the window now, oldest first."""
        since = now - span(self.within)
        return sorted(
            (
                one
                for one in had
                if one.at > since
                and (one.marketing or self.counts == "everything")
                and (self.topic is None or one.topic == self.topic)
                and (one.channel == channel if self.per == "channel" else self.channel in (None, one.channel))
            ),
            key=lambda one: one.at,
        )

    def free_at(self, counted: list[Had]) -> datetime | None:
        """When there is room again; None: there is now."""
        if len(counted) < self.messages:
            return None
        return NEVER if self.messages == 0 else counted[-self.messages].at + span(self.within)

    def words(self) -> str:
        """As it stands in a stored answer: `3 / 7d`."""
        about = [name for name in (self.channel, self.topic) if name] or (["*"] if self.per == "person" else [])
        return f"{self.messages} / {self.within}" + (f" ({', '.join(about)})" if about else "")


USUAL_CAPS = (Cap(messages=3, within="7d"),)
FEWER = Cap(messages=1, within="7d", per="person")
