"""What an operator sets for SendGrid."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from hourglass.channels import read_sender
from hourglass.kernel import Secret


class SendGridSettings(Struct, frozen=True, kw_only=True):
    """Settings of the channel; the struct is also its form."""

    api_key: Secret
    """API key with the right to send (Mail Send)."""
    sender: str
    """From: a name and an address of a domain that SendGrid has verified."""
    region: Literal["global", "eu"] = "global"
    """Where the account lives."""
    webhook_key: str = ""
    """Verification key of the signed Event Webhook, as its page shows it; without it no webhook is believed."""
    sandbox: bool = False
    """SendGrid checks each message and sends none."""
    connections: Annotated[int, Meta(ge=1, le=64)] = 16
    """Calls at the same time."""
    timeout: Annotated[float, Meta(gt=0, le=120)] = 30.0
    """Seconds until an answer is no longer waited for."""

    def __post_init__(self) -> None:
        read_sender(self.sender)
