"""One shop (or brand) with its own people, definitions and money."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from hourglass.kernel.ids import WorkspaceId


class Workspace(Struct, frozen=True, kw_only=True):
    """Whose data this is and how it counts: currency is ISO 4217, zone an IANA name."""

    id: WorkspaceId
    key: str
    name: str
    currency: str
    zone: str
    locale: str
    settings: dict[str, Any] = {}

    def tz(self) -> ZoneInfo:
        """The zone in which its days begin."""
        return ZoneInfo(self.zone)
