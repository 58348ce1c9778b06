"""E-mail by SMTP introduces itself."""

from hourglass.channels import Capability, Manifest
from hourglass.plugins.channels.email.settings import EmailSettings

MANIFEST = Manifest(
    name="email",
    channel="email",
    address="email",
    words={"en": "E-mail (SMTP)", "ru": "Почта (SMTP)"},
    settings=EmailSettings,
    capabilities=frozenset({Capability.HTML, Capability.LINKS, Capability.OPENS, Capability.UNSUBSCRIBE}),
    granted=frozenset({"keys", "return_domain"}),
    open="hourglass.plugins.channels.email.sender:open_email",
)
