"""What an operator sets for a webhook."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from hourglass.channels import check_url
from hourglass.kernel import HourglassError, Secret


class WebhookSettings(Struct, frozen=True, kw_only=True):
    """Settings of the channel; the struct is also its form."""

    url: str
    """https:// address that takes the messages; not one inside this network."""
    signing_secret: Secret
    """What signs each call, as standardwebhooks.com says: 16 letters or more, or whsec_ and base64."""
    batch: Annotated[int, Meta(ge=1, le=500)] = 1
    """Messages in one call."""
    connections: Annotated[int, Meta(ge=1, le=64)] = 8
    """Calls at the same time."""
    timeout: Annotated[float, Meta(gt=0, le=120)] = 15.0
    """Seconds until an answer is no longer waited for."""

    def __post_init__(self) -> None:
        try:
            check_url(self.url, private=False)
        except HourglassError as error:
            raise ValueError(f"`url`: {error.sentence}") from error
