"""docs/reference/channels.md: the plug-ins that carry messages."""

import msgspec

from hourglass.channels import Capability, Manifest, discover
from hourglass.kernel import Secret
from tests.architecture.pages.fields import defaults, described, page, table


def channels_page() -> str:
    """Every channel plug-in with what it can do and its settings."""
    return page(
        "# Channels",
        "",
        "A journey names a channel; a plug-in carries its messages. Written by `make docs` from the manifests in",
        "`src/hourglass/plugins/channels/`. How to set one up: [channels](../channels/README.md).",
        *(line for manifest in discover().values() for line in _section(manifest)),
    )


def _section(manifest: Manifest) -> list[str]:
    can = described(Capability)
    default = defaults(manifest.settings) | _secrets(manifest)
    rows = [(f"`{name}`", default[name], meaning) for name, meaning in described(manifest.settings).items()]
    return [
        "",
        f"## {manifest.words['en']}",
        "",
        f"Channel `{manifest.channel}`, plug-in `{manifest.name}`, writes to a person's `{manifest.address}`.",
        "",
        *(f"- {can[one.name]}" for one in Capability if one in manifest.capabilities),
        "",
        *table(("Setting", "Default", "What it is for"), rows),
    ]


def _secrets(manifest: Manifest) -> dict[str, str]:
    """Settings that stand in a document as `{secret: NAME}`."""
    fields = msgspec.structs.fields(manifest.settings)
    return {
        field.name: "a secret" if field.required else "a secret or nothing"
        for field in fields
        if field.type in (Secret, Secret | None)
    }
