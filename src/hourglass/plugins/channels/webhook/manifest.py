"""The webhook introduces itself."""

from hourglass.channels import Capability, Manifest
from hourglass.plugins.channels.webhook.settings import WebhookSettings

MANIFEST = Manifest(
    name="webhook",
    channel="webhook",
    address="email",
    words={"en": "Webhook", "ru": "Вебхук"},
    settings=WebhookSettings,
    capabilities=frozenset({Capability.HTML, Capability.LINKS, Capability.UNSUBSCRIBE, Capability.IDEMPOTENT}),
    open="hourglass.plugins.channels.webhook.sender:open_webhook",
)
