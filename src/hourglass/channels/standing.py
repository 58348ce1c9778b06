"""How the channel documents of a workspace stand: which are ready to carry messages, and what the others lack."""

from __future__ import annotations

from msgspec import Struct

from hourglass.channels.document import read_channel
from hourglass.definitions import live
from hourglass.kernel import HourglassError, WorkspaceId, secret_names
from hourglass.postgres import Transaction
from hourglass.secrets import Vault, read_secrets


class Standing(Struct, frozen=True, kw_only=True):
    """One live document. `lacks` is a sentence; empty: it is ready."""

    key: str
    plugin: str
    channel: str
    lacks: str = ""


def channel_standing(tx: Transaction, workspace_id: WorkspaceId, vault: Vault) -> list[Standing]:
    """Every live channel document, by key."""
    return [_look(tx, workspace_id, vault, found.key, found.body) for found in live(tx, workspace_id, "channel")]


def _look(tx: Transaction, workspace_id: WorkspaceId, vault: Vault, key: str, body: dict[str, object]) -> Standing:
    plugin = str(body.get("plugin"))
    try:
        texts = read_secrets(tx, vault, workspace_id, secret_names(body.get("settings")))
        read = read_channel(body, texts.get)
    except HourglassError as error:
        return Standing(key=key, plugin=plugin, channel="", lacks=error.sentence)
    return Standing(key=key, plugin=plugin, channel=read.manifest.channel)
