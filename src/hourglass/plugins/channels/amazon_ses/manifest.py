"""Amazon SES introduces itself."""

from hourglass.channels import Capability, Manifest
from hourglass.plugins.channels.amazon_ses.settings import AmazonSesSettings

MANIFEST = Manifest(
    name="amazon_ses",
    channel="email",
    address="email",
    words={"en": "Amazon SES", "ru": "Amazon SES"},
    settings=AmazonSesSettings,
    capabilities=frozenset({Capability.HTML, Capability.LINKS, Capability.OPENS, Capability.UNSUBSCRIBE}),
    open="hourglass.plugins.channels.amazon_ses.sender:open_amazon_ses",
    listen="hourglass.plugins.channels.amazon_ses.webhook:listen",
    proof="topic",
)
