"""The webhook introduces itself."""

from hourglass.connectors import ConnectorManifest
from hourglass.plugins.connectors.webhook.settings import WebhookSettings

MANIFEST = ConnectorManifest(
    name="webhook",
    words={"en": "Webhook", "ru": "Вебхук"},
    settings=WebhookSettings,
    knows_by=frozenset({"user_id", "email", "phone"}),
    open="hourglass.plugins.connectors.webhook.audience:open_webhook",
    granted=frozenset({"private"}),
)
