"""What became of a claimed message, ready to be written down."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

State = Literal["queued", "sent", "withheld", "failed", "unknown"]


class Resolved(Struct, frozen=True, kw_only=True):
    """The state a message goes to, and why. `at` is when that was known."""

    workspace_id: int
    id: int
    state: State
    at: datetime
    reason: str | None = None
    detail: str | None = None
    address: str | None = None
    subject: str | None = None
    provider_id: str | None = None
    provider: str | None = None
    """Who took it, or refused it."""
    not_before: datetime | None = None
    """For queued: when to try again."""
    forgiven: bool = False
    """The attempt does not count: nobody was asked to take the message."""
    unused: tuple[int, str, str] | None = None
    """Counted on the limits of this provider and domain, and did not leave by it."""
    invalid_address: bool = False
    """The provider says that the address does not exist."""
    mailbox_full: bool = False
    """The provider says that the recipient's mailbox is full."""
