"""Mailgun introduces itself."""

from hourglass.channels import Capability, Manifest
from hourglass.plugins.channels.mailgun.settings import MailgunSettings

MANIFEST = Manifest(
    name="mailgun",
    channel="email",
    address="email",
    words={"en": "Mailgun", "ru": "Mailgun"},
    settings=MailgunSettings,
    capabilities=frozenset({Capability.HTML, Capability.LINKS, Capability.OPENS, Capability.UNSUBSCRIBE}),
    open="hourglass.plugins.channels.mailgun.sender:open_mailgun",
    listen="hourglass.plugins.channels.mailgun.webhook:listen",
    proof="webhook_key",
)
