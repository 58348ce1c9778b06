"""What is asked about: the domain, the server that carries its mail, its signing keys, and where bounces go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from hourglass.channels import SigningKey, ascii_domain, signing_keys
from hourglass.kernel import Settings, WorkspaceId
from hourglass.messages.delivery.providers import providers_of
from hourglass.postgres import Transaction


class TlsAnswer(Struct, frozen=True, kw_only=True):
    """What a mail server offered when it was called."""

    state: Literal["good", "missing", "wrong", "away"]
    version: str = ""
    why: str = ""


Probe = Callable[[str], TlsAnswer]
"""Calls the mail server of an address (smtp://…)."""


class Asked(Struct, frozen=True, kw_only=True):
    """The question. `server` is the address of the mail server, empty where a provider sends over HTTP."""

    domain: str
    return_domain: str
    server: str
    keys: Sequence[SigningKey]
    public_url: str

    @property
    def host(self) -> str:
        """The name of the mail server."""
        return urlsplit(self.server).hostname or ""


def ask_about(settings: Settings, domain: str | None) -> Asked:
    """The domain that is named, or the one of the sender in the settings. Raises Malformed."""
    name = ascii_domain(domain or sender_domain(settings.mail_from))
    return Asked(
        domain=name,
        return_domain=ascii_domain(settings.return_domain) if settings.return_domain else name,
        server=settings.smtp_url,
        keys=_keys(settings, name),
        public_url=settings.base_url(),
    )


def ask_about_mail(tx: Transaction, workspace_id: WorkspaceId, settings: Settings) -> Asked:
    """As the first provider of the workspace's e-mail sends it. Raises Malformed for a sender that has no domain."""
    first = next(iter(providers_of(tx, workspace_id, "email", settings)), None)
    if first is None or first.workspace_id is None:
        return ask_about(settings, None)
    sender = str(getattr(first.settings, "sender", "") or settings.mail_from)
    server = str(getattr(first.settings, "url", ""))
    named = replace(settings, mail_from=sender, smtp_url=server if server.startswith("smtp") else "")
    return ask_about(named, None)


def sender_domain(sender: str) -> str:
    """The domain of a From line."""
    return sender.rpartition("@")[2].strip(" >") or sender


def _keys(settings: Settings, domain: str) -> list[SigningKey]:
    """As signing does: a domain without keys is signed by its parent's."""
    labels = domain.split(".")
    names = [".".join(labels[start:]) for start in range(len(labels) - 1)]
    found = [keys for name in names if (keys := signing_keys(settings.mail_folder(), name))]
    return found[0] if found else []


def is_own_inbox(settings: Settings) -> bool:
    """Whether mail goes into the development inbox of this installation, and to nobody else."""
    parts = urlsplit(settings.smtp_url)
    here = parts.hostname in ("localhost", "127.0.0.1", "::1")
    return bool(settings.inbox_port) and here and parts.port == settings.inbox_port
