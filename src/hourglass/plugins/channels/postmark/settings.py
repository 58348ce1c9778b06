"""What an operator sets for Postmark."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from hourglass.channels import read_sender
from hourglass.kernel import Secret


class PostmarkSettings(Struct, frozen=True, kw_only=True):
    """Settings of the channel; the struct is also its form."""

    server_token: Secret
    """Token of the server in Postmark."""
    sender: str
    """From: a name and an address that Postmark has verified."""
    broadcast_stream: str = "broadcast"
    """Message stream for news and offers; Postmark wants them apart from letters about orders."""
    transactional_stream: str = "outbound"
    """Message stream for everything else."""
    webhook_user: str = "hourglass"
    """User name in the address of the webhook: https://USER:PASSWORD@…"""
    webhook_password: Secret | None = None
    """Password in the address of the webhook (Postmark does not sign); without it no webhook is believed."""
    batch: Annotated[int, Meta(ge=1, le=500)] = 100
    """Messages in one call."""
    connections: Annotated[int, Meta(ge=1, le=64)] = 4
    """Calls at the same time."""
    timeout: Annotated[float, Meta(gt=0, le=120)] = 60.0
    """Seconds until an answer is no longer waited for."""

    def __post_init__(self) -> None:
        read_sender(self.sender)
