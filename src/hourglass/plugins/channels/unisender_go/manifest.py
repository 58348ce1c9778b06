"""Unisender Go introduces itself."""

from hourglass.channels import Capability, Manifest
from hourglass.plugins.channels.unisender_go.settings import UnisenderGoSettings

MANIFEST = Manifest(
    name="unisender_go",
    channel="email",
    address="email",
    words={"en": "Unisender Go", "ru": "Unisender Go"},
    settings=UnisenderGoSettings,
    capabilities=frozenset(
        {Capability.HTML, Capability.LINKS, Capability.OPENS, Capability.UNSUBSCRIBE, Capability.IDEMPOTENT}
    ),
    open="hourglass.plugins.channels.unisender_go.sender:open_unisender_go",
    listen="hourglass.plugins.channels.unisender_go.webhook:listen",
)
