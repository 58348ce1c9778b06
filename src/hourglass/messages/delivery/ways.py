"""The ways out of a channel: its providers in the order in which they are asked, ready to be opened."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from msgspec import Struct

from hourglass.channels import Fate, Limits, Sender
from hourglass.kernel import Settings, WorkspaceId
from hourglass.messages.delivery.providers import Provider, Providers, installation_providers
from hourglass.postgres import Transaction, list_workspaces

Place = tuple[int, str, str]
_INSTALLATION = 0


class Way(Struct, frozen=True, kw_only=True):
    """One provider. `of`: equal for the same provider with the same settings; `workspace_id` 0: the installation's."""

    workspace_id: int
    name: str
    channel: str
    open: Callable[[], Sender]
    of: object
    fate: Fate = "leave"
    limits: Limits | None = None

    @property
    def place(self) -> Place:
        """What stays the same when its settings change."""
        return self.workspace_id, self.name, self.channel


class Ways(Protocol):
    """Where messages can go."""

    def of(self, tx: Transaction, workspace_id: WorkspaceId, channel: str) -> list[Way]:
        """The ways of a channel, best first."""
        ...

    def channels(self, tx: Transaction) -> set[str]:
        """Channels that somebody can carry."""
        ...


class DocumentedWays:
    """What the documents of workspaces and the settings of the installation say."""

    def __init__(self, settings: Settings) -> None:
        self._providers = Providers(settings)
        self._own = {one.channel for one in installation_providers(settings)}

    def of(self, tx: Transaction, workspace_id: WorkspaceId, channel: str) -> list[Way]:
        """As documented, in their order."""
        return [_way(one) for one in self._providers.of(tx, workspace_id, channel)]

    def channels(self, tx: Transaction) -> set[str]:
        """Of all workspaces together."""
        documented = [one for workspace in list_workspaces(tx) for one in self._providers.all(tx, workspace.id)]
        return self._own | {one.channel for one in documented}


class FixedWays:
    """Senders that are open already, one for a channel."""

    def __init__(self, senders: Mapping[str, Sender]) -> None:
        self._ways = {channel: _opened(channel, sender) for channel, sender in senders.items()}

    def of(self, tx: Transaction, workspace_id: WorkspaceId, channel: str) -> list[Way]:
        """The one there is."""
        del tx, workspace_id
        return [self._ways[channel]] if channel in self._ways else []

    def channels(self, tx: Transaction) -> set[str]:
        """All of them."""
        del tx
        return set(self._ways)


def _way(one: Provider) -> Way:
    return Way(
        workspace_id=one.workspace_id or _INSTALLATION,
        name=one.key or one.manifest.name,
        channel=one.channel,
        open=one.open,
        of=one,
        fate=one.fate,
        limits=one.limits,
    )


def _opened(channel: str, sender: Sender) -> Way:
    return Way(workspace_id=_INSTALLATION, name=channel, channel=channel, open=lambda: sender, of=sender)
