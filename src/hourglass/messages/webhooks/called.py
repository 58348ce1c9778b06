"""The channel that a provider calls: found by its document, opened with its settings."""

from __future__ import annotations

from msgspec import Struct

from hourglass.channels import Fetch, Listener, load, read_channel
from hourglass.definitions import find
from hourglass.kernel import NotFound, WorkspaceId, secret_names
from hourglass.postgres import Transaction
from hourglass.secrets import Vault, read_secrets


class Called(Struct, frozen=True, kw_only=True):
    """Who reads the calls to one channel document."""

    channel: str
    listener: Listener


def find_called(tx: Transaction, workspace_id: WorkspaceId, key: str, vault: Vault, fetch: Fetch) -> Called:
    """The listener of a channel document, whatever its state: news about yesterday's mails come today.

    Raises NotFound where there is no such channel or its provider has no webhooks, Malformed where a secret is missing.
    """
    document = find(tx, workspace_id, "channel", key).body
    texts = read_secrets(tx, vault, workspace_id, secret_names(document.get("settings")))
    read = read_channel(document, texts.get)
    if read.manifest.listen is None:
        raise NotFound(f"The plug-in “{read.manifest.name}” has no webhooks.")
    return Called(channel=read.manifest.channel, listener=load(read.manifest.listen)(read.settings, fetch))
