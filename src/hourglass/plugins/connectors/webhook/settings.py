"""What an operator sets for a webhook that keeps audiences."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from hourglass.kernel import Secret


class WebhookSettings(Struct, frozen=True, kw_only=True):
    """Settings of the connector; the struct is also its form."""

    url: str
    """https:// address that takes the changes; not one inside this network."""
    signing_secret: Secret
    """What signs each call, as standardwebhooks.com says: 16 letters or more, or whsec_ and base64."""
    batch: Annotated[int, Meta(ge=1, le=1000)] = 500
    """People in one call."""
    private: bool = False
    """Whether addresses inside this network are allowed; the installation says."""
