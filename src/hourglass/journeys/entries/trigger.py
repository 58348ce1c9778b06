"""Somebody at the door of a journey, whatever brought them there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from hourglass.journeys.registry import Standing
from hourglass.kernel import ProfileId

Key = tuple[int, ProfileId, str]
"""Journey, person, correlation."""


class Trigger(Struct, frozen=True, kw_only=True):
    """`at`: what the run's waits count from. `seq`: only events behind that place of the log can end it."""

    standing: Standing
    profile_id: ProfileId
    correlation: str
    at: datetime
    seq: int
    facts: dict[str, Any]
    """event, at, message_id, properties: what templates and reports read."""

    @property
    def key(self) -> Key:
        """By whom it is counted whether somebody is inside already."""
        return self.standing.id, self.profile_id, self.correlation
