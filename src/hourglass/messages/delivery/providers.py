"""Who carries the messages of a channel: what the workspace's documents say, else the settings of this installation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import structlog
from msgspec import Struct
from msgspec.structs import replace

from hourglass.channels import (
    Fate,
    Limits,
    Manifest,
    Sender,
    discover,
    open_sender,
    open_with,
    read_channel,
    state_options,
)
from hourglass.definitions import Definition, live, stamp
from hourglass.kernel import HourglassError, Settings, WorkspaceId, secret_names
from hourglass.postgres import Transaction
from hourglass.secrets import Vault, open_vault, read_secrets

_say = structlog.get_logger(__name__)
_KIND = "channel"


class Provider(Struct, frozen=True, kw_only=True):
    """One way to hand messages over. Two that are equal are the same provider with the same settings and secrets."""

    workspace_id: WorkspaceId | None
    """Whose document it is; None: of the installation, for every workspace without documents of its own."""
    key: str
    """Key of the document; empty for the installation's."""
    order: int
    manifest: Manifest
    settings: Struct
    fate: Fate = "leave"
    """What becomes of a message when nobody knows whether this provider got it."""
    limits: Limits | None = None
    """How fast it may be used."""

    @property
    def channel(self) -> str:
        """The channel it serves."""
        return self.manifest.channel

    def open(self) -> Sender:
        """A sender with these settings. Raises Malformed when they cannot be right together."""
        return open_with(self.manifest, self.settings)


class Providers:
    """Remembers what the documents of each workspace say, until one of them or a secret changes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._vault = open_vault(settings)
        self._installation = installation_providers(settings)
        self._known: dict[WorkspaceId, tuple[int, list[Provider]]] = {}

    def of(self, tx: Transaction, workspace_id: WorkspaceId, channel: str) -> list[Provider]:
        """The providers of a channel, in the order in which they are asked; none: nobody can carry its messages."""
        its = [one for one in self.all(tx, workspace_id) if one.channel == channel]
        return its or [one for one in self._installation if one.channel == channel]

    def all(self, tx: Transaction, workspace_id: WorkspaceId) -> list[Provider]:
        """Every provider that the workspace's documents set up, in order."""
        now, known = stamp(tx, workspace_id), self._known.get(workspace_id)
        if known is None or known[0] != now:
            found = documented_providers(tx, workspace_id, self._vault)
            known = now, [_grant(one, self._settings) for one in found]
            self._known[workspace_id] = known
        return known[1]


def providers_of(tx: Transaction, workspace_id: WorkspaceId, channel: str, settings: Settings) -> list[Provider]:
    """The providers of a channel, asked once; who asks often keeps `Providers`."""
    return Providers(settings).of(tx, workspace_id, channel)


def documented_providers(tx: Transaction, workspace_id: WorkspaceId, vault: Vault) -> list[Provider]:
    """What the live documents set up. One that cannot be read (a secret is missing) is left out; the log says why."""
    found = live(tx, workspace_id, _KIND)
    made = [one for document in found if (one := _provider(tx, workspace_id, document, vault)) is not None]
    return sorted(made, key=lambda one: (one.order, one.key))


def installation_providers(settings: Settings) -> list[Provider]:
    """What the environment sets up. Raises Malformed naming the wrong setting."""
    plugins = discover()
    return [
        Provider(
            workspace_id=None, key="", order=0, manifest=plugins[name], settings=state_options(plugins[name], options)
        )
        for name, options in _stated(settings).items()
    ]


def open_senders(settings: Settings) -> dict[str, Sender]:
    """Senders of the installation by channel. Raises Malformed naming the wrong setting."""
    plugins = discover()
    return {plugins[name].channel: open_sender(plugins[name], options) for name, options in _stated(settings).items()}


def address_kinds() -> Mapping[str, str]:
    """Which identifier of a person each channel writes to."""
    return {manifest.channel: manifest.address for manifest in discover().values()}


def _provider(tx: Transaction, workspace_id: WorkspaceId, document: Definition, vault: Vault) -> Provider | None:
    try:
        texts = read_secrets(tx, vault, workspace_id, secret_names(document.body.get("settings")))
        read = read_channel(document.body, texts.get)
    except HourglassError as error:
        _say.warning("provider_left_out", channel=document.key, reason=error.sentence, place=error.path)
        return None
    return Provider(
        workspace_id=workspace_id,
        key=read.key,
        order=read.order,
        manifest=read.manifest,
        settings=read.settings,
        fate=read.fate,
        limits=read.limits,
    )


def _stated(settings: Settings) -> dict[str, dict[str, Any]]:
    """Options by plug-in, as texts."""
    if not settings.smtp_url:
        return {}
    return {"email": {"url": settings.smtp_url, "sender": settings.mail_from, **_granted(settings)}}


def _granted(settings: Settings) -> dict[str, str]:
    """What the installation gives to plug-ins that ask for it."""
    return {"keys": str(settings.mail_folder()), "return_domain": settings.return_domain}


def _grant(one: Provider, settings: Settings) -> Provider:
    given = {name: value for name, value in _granted(settings).items() if name in one.manifest.granted}
    return replace(one, settings=replace(one.settings, **given)) if given else one
