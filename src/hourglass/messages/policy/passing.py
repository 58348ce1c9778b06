"""Bounces that pass (a full mailbox, a server in trouble): when so many in a row that the address counts as dead."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated

from msgspec import Meta, Struct

from hourglass.messages.policy.cap import span


class SoftBounces(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """So many messages within a span of time, with none delivered or opened by a person between."""

    messages: Annotated[int, Meta(ge=1, le=1000)] = 5
    within: str = "30d"

    @property
    def length(self) -> timedelta:
        """`within` as a span of time."""
        return span(self.within)

    def words(self) -> str:
        """As it stands beside the suppression: `5 / 30d`."""
        return f"{self.messages} / {self.within}"
