"""News from a provider about a message that left earlier: bounced, complained, delivered."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from msgspec import Struct

from hourglass.channels.mail.bounce import Sort, sort_of


class FeedbackKind(Enum):
    """What happened, in our words."""

    DELIVERED = "delivered"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    OPENED = "opened"
    CLICKED = "clicked"
    UNSUBSCRIBED = "unsubscribed"
    DEFERRED = "deferred"
    """Not yet: the provider goes on trying."""
    UNKNOWN = "unknown"


class Feedback(Struct, frozen=True, kw_only=True):
    """One piece of news. `event_id` is the provider's name for it, the same at every repeat."""

    reference: tuple[int, int] | None
    """Workspace and message, as we handed them along; None: about no message of ours."""
    event_id: str
    kind: FeedbackKind
    at: datetime
    detail: str = ""
    permanent: bool = False
    """For a bounce: the address is dead."""
    url: str = ""
    ip: str = ""
    user_agent: str = ""


def is_permanent(told: bool, status: str = "", words: str = "") -> bool:
    """Whether a bounce means that the address is dead: by our own table where it understands the server's words."""
    sort = sort_of(status, words)
    return told if sort is Sort.UNCLEAR else sort is Sort.NO_MAILBOX
