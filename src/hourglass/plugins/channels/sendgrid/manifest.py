"""SendGrid introduces itself."""

from hourglass.channels import Capability, Manifest
from hourglass.plugins.channels.sendgrid.settings import SendGridSettings

MANIFEST = Manifest(
    name="sendgrid",
    channel="email",
    address="email",
    words={"en": "SendGrid", "ru": "SendGrid"},
    settings=SendGridSettings,
    capabilities=frozenset({Capability.HTML, Capability.LINKS, Capability.OPENS, Capability.UNSUBSCRIBE}),
    open="hourglass.plugins.channels.sendgrid.sender:open_sendgrid",
    listen="hourglass.plugins.channels.sendgrid.webhook:listen",
    proof="webhook_key",
)
