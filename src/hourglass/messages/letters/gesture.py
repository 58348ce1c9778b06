"""How something was said on a public page: kept as proof."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from hourglass.profiles import Proof


class Gesture(Struct, frozen=True, kw_only=True):
    """Who asked from where."""

    way: str
    """one_click (the mail program's button, RFC 8058), page, preferences or confirmation."""
    ip: str | None
    user_agent: str | None

    def context(self) -> dict[str, Any]:
        """As events carry it."""
        return {name: value for name, value in (("ip", self.ip), ("userAgent", self.user_agent)) if value}

    def proof(self, **more: Any) -> Proof:
        """As the ledger keeps it; `more` is what else shows it."""
        return Proof(ip=self.ip, user_agent=self.user_agent, more={"way": self.way, **more})
