"""How something was said on a public page: kept as proof."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from hourglass.profiles import Proof, Statement


class Gesture(Struct, frozen=True, kw_only=True):
    """Who asked from where."""

    way: str
    """one_click (the mail program's button, RFC 8058), page, preferences or confirmation."""
    ip: str | None
    user_agent: str | None

    def context(self) -> dict[str, Any]:
        """As events carry it."""
        return {name: value for name, value in (("ip", self.ip), ("userAgent", self.user_agent)) if value}

    def says(
        self, channel: str | None, topic: str | None, now: datetime, event: UUID | None = None, **more: Any
    ) -> Statement:
        """A yes or no about this; `more` is what else shows it."""
        return Statement(channel=channel, topic=topic, at=now, source=self.way, proof=self.proof(**more), event=event)

    def proof(self, **more: Any) -> Proof:
        """As the ledger keeps it; `more` is what else shows it."""
        return Proof(ip=self.ip, user_agent=self.user_agent, more={"way": self.way, **more})
