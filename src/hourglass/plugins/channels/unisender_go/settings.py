"""What an operator sets for Unisender Go."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from hourglass.channels import read_sender
from hourglass.kernel import Secret


class UnisenderGoSettings(Struct, frozen=True, kw_only=True):
    """Settings of the channel; the struct is also its form."""

    api_key: Secret
    """API key of the account or project; webhooks are checked with it, too."""
    sender: str
    """From: a name and an address of a domain that Unisender Go has verified."""
    server: Literal["go1", "go2"] = "go1"
    """Data centre of the account: go1.unisender.ru or go2.unisender.ru."""
    skip_unsubscribe: bool = False
    """No line about unsubscribing from Unisender itself; works once its support has allowed it."""
    connections: Annotated[int, Meta(ge=1, le=64)] = 8
    """Calls at the same time."""
    timeout: Annotated[float, Meta(gt=0, le=120)] = 30.0
    """Seconds until an answer is no longer waited for."""

    def __post_init__(self) -> None:
        read_sender(self.sender)
