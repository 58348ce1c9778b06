"""Postmark introduces itself."""

from hourglass.channels import Capability, Manifest
from hourglass.plugins.channels.postmark.settings import PostmarkSettings

MANIFEST = Manifest(
    name="postmark",
    channel="email",
    address="email",
    words={"en": "Postmark", "ru": "Postmark"},
    settings=PostmarkSettings,
    capabilities=frozenset({Capability.HTML, Capability.LINKS, Capability.OPENS, Capability.UNSUBSCRIBE}),
    open="hourglass.plugins.channels.postmark.sender:open_postmark",
    listen="hourglass.plugins.channels.postmark.webhook:listen",
    proof="webhook_password",
)
