"""What became of a message at the provider."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct


class Outcome(Enum):
    """The only answers there are; provider words stop at the adapter."""

    ACCEPTED = "accepted"
    """The provider has taken it over."""
    REFUSED_TEMPORARY = "refused_temporary"
    """The provider surely did not take this message, and asks to come back later."""
    REFUSED_PERMANENT = "refused_permanent"
    """The provider surely did not take this message and never will."""
    UNREACHABLE = "unreachable"
    """The provider itself is away; surely not taken, and no fault of the message."""
    UNKNOWN = "unknown"
    """Everything was handed over and no answer came: it may have left."""


class Receipt(Struct, frozen=True, kw_only=True):
    """The answer for one message. `detail` is the provider's own sentence, kept for people."""

    outcome: Outcome
    provider_id: str | None = None
    detail: str = ""
    invalid_address: bool = False
    """A permanent refusal that is about the recipient: the address does not exist."""
    mailbox_full: bool = False
    """A refusal, for now or for good, because the recipient's mailbox is full."""
    retry_after: float | None = None
    """Seconds after which the provider wants to hear from us again, about any message; None where it did not say."""
