"""The canonical event: what every later stage works on."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from hourglass.events.incoming import Kind


class Event(Struct, kw_only=True, gc=False):
    """One thing that happened, in canonical words and corrected time."""

    kind: Kind
    name: str
    """Canonical: a track's name; for the other kinds the words of `NAMES`."""
    message_id: str
    id: str
    """Digest of the messageId, 32 hexadecimal digits."""
    at: datetime
    """When it happened, UTC, the client's clock error taken out; never after `received_at`."""
    received_at: datetime
    user_id: str | None
    anonymous_id: str | None
    previous_id: str | None
    group_id: str | None
    traits: dict[str, Any]
    properties: dict[str, Any]
    context: dict[str, Any]
    historical: bool
    currency: str
    """Of `revenue`: the event's own, else the workspace's."""
    order_id: str | None = None
    product_id: str | None = None
    category: str | None = None
    quantity: int | None = None
    revenue: int | None = None
    """Minor units of `currency`."""


class Dropped(Struct, frozen=True, kw_only=True):
    """A refusal as a value: what was refused, a code, and a sentence for a person."""

    reason: str
    detail: str
    envelope: bytes = b""
    """As it stood in the log; filled in where the chunk is at hand."""
    received_at: datetime | None = None
