"""What an operator sets for Mailgun."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from msgspec import Meta, Struct

from hourglass.channels import read_sender
from hourglass.kernel import Secret

_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE)


class MailgunSettings(Struct, frozen=True, kw_only=True):
    """Settings of the channel; the struct is also its form."""

    api_key: Secret
    """Sending key of the domain, or the key of the account."""
    domain: str
    """The sending domain as Mailgun knows it, such as mg.shop.example."""
    sender: str
    """From: a name and an address."""
    region: Literal["us", "eu"] = "us"
    """Where the domain lives."""
    webhook_key: Secret | None = None
    """HTTP webhook signing key of the account; without it no webhook is believed."""
    test_mode: bool = False
    """Mailgun takes each message and delivers none."""
    connections: Annotated[int, Meta(ge=1, le=64)] = 16
    """Calls at the same time."""
    timeout: Annotated[float, Meta(gt=0, le=120)] = 30.0
    """Seconds until an answer is no longer waited for."""

    def __post_init__(self) -> None:
        read_sender(self.sender)
        if not _DOMAIN.fullmatch(self.domain):
            raise ValueError("`domain` is the name of a domain, such as mg.shop.example")
