"""The console introduces itself."""

from hourglass.channels import Capability, Manifest
from hourglass.plugins.channels.console.settings import ConsoleSettings

MANIFEST = Manifest(
    name="console",
    channel="email",
    address="email",
    words={"en": "Console (development)", "ru": "Консоль (для разработки)"},
    settings=ConsoleSettings,
    capabilities=frozenset({Capability.HTML, Capability.LINKS, Capability.UNSUBSCRIBE}),
    open="hourglass.plugins.channels.console.sender:open_console",
)
