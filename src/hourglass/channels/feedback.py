"""News from a provider about a message that left earlier: bounced, complained, delivered."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from msgspec import Raw, Struct


class FeedbackKind(Enum):
    """What happened, in our words."""

    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    OPENED = "opened"
    CLICKED = "clicked"
    UNSUBSCRIBED = "unsubscribed"
    UNKNOWN = "unknown"


class Feedback(Struct, frozen=True, kw_only=True):
    """One piece of news from a provider, with its raw payload kept."""

    provider_id: str
    kind: FeedbackKind
    at: datetime
    detail: str = ""
    raw: Raw = Raw()
