"""Which plug-in serves each channel, opened with the settings of this installation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hourglass.channels import Sender, discover, open_sender
from hourglass.kernel import Settings


def open_senders(settings: Settings) -> dict[str, Sender]:
    """Senders by channel, for the channels that are set up. Raises Malformed naming the wrong setting."""
    plugins = discover()
    return {plugins[name].channel: open_sender(plugins[name], options) for name, options in _set_up(settings).items()}


def address_kinds() -> Mapping[str, str]:
    """Which identifier of a person each channel writes to."""
    return {manifest.channel: manifest.address for manifest in discover().values()}


def _set_up(settings: Settings) -> dict[str, dict[str, Any]]:
    """Options by plug-in. Channel definitions will stand in front of these defaults."""
    if not settings.smtp_url:
        return {}
    return {"email": {"url": settings.smtp_url, "sender": settings.mail_from}}
