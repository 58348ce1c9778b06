"""What an operator sets for e-mail: one address of a server says it all."""

from __future__ import annotations

import ipaddress
import re
from email.utils import parseaddr
from typing import Annotated, Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from msgspec import Meta, Struct
from msgspec.structs import replace

from hourglass.kernel import Malformed, Secret
from hourglass.plugins.channels.email.address import envelope_address

_HELO = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.:\[\]-]{0,252}[A-Za-z0-9\]])?")
Tls = Literal["auto", "required", "never", "implicit"]


class EmailSettings(Struct, frozen=True, kw_only=True):
    """Settings of the channel; the struct is also its form."""

    url: str
    """smtp://user:password@host:587 (STARTTLS, which the server must offer unless it is this machine), smtps:// (TLS
    from the first byte). `?tls=auto|never` allows less, `?ca=FILE` trusts a certificate authority of your own,
    `?helo=NAME` is how we introduce ourselves."""
    user: str = ""
    """Who logs in, where the address does not say so."""
    password: Secret | None = None
    """The password that goes with it."""
    sender: str = "Shop <shop@localhost>"
    """From: a name and an address."""
    connections: Annotated[int, Meta(ge=1, le=64)] = 8
    """Connections kept open to the server at the same time."""
    timeout: Annotated[float, Meta(gt=0)] = 30.0
    """Seconds the server may take to answer a command."""
    taking_timeout: Annotated[float, Meta(gt=0)] = 120.0
    """Seconds the server may take to answer for a whole mail; it may be looking into it."""
    mails_per_connection: Annotated[int, Meta(ge=1)] = 200
    """Mails until a connection is opened anew."""
    keys: str = ""
    """Folder of signing keys and of the secret in return paths; empty: mails are not signed."""
    return_domain: str = ""
    """Domain whose mail comes back to Hourglass: each mail gets a return path of its own there; empty: the sender."""


class Server(Struct, frozen=True, kw_only=True):
    """The parts of the URL."""

    host: str
    port: int
    user: str | None
    password: str | None
    tls: Tls
    ca: str | None
    helo: str | None = None


def server_of(settings: EmailSettings) -> Server:
    """The server that the settings name. Raises Malformed."""
    server = read_server(settings.url)
    if not settings.user:
        return server
    password = settings.password.reveal() if settings.password else server.password
    return replace(server, user=settings.user, password=password)


def read_server(url: str) -> Server:
    """Take the URL apart. Raises Malformed, without repeating the password."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise Malformed("The address of a mail server is smtp://user:password@host:port or smtps://…", path="url")
    options = parse_qs(parts.query)
    tls = options.get("tls", [_usual_tls(parts)])[0]
    if tls not in ("auto", "required", "never", "implicit"):
        raise Malformed("`tls` in the address of the mail server is auto, required or never.", path="url")
    helo = options.get("helo", [None])[0]
    if helo is not None and not _HELO.fullmatch(helo):
        raise Malformed("`helo` in the address of the mail server is a host name like mail.shop.example.", path="url")
    return Server(
        host=parts.hostname,
        port=_port(parts) or (465 if tls == "implicit" else 25),
        user=None if parts.username is None else unquote(parts.username),
        password=None if parts.password is None else unquote(parts.password),
        tls=tls,
        ca=options.get("ca", [None])[0],
        helo=helo,
    )


def _usual_tls(parts: SplitResult) -> Tls:
    if parts.scheme == "smtps":
        return "implicit"
    return "auto" if is_this_machine(parts.hostname or "") else "required"


def is_this_machine(host: str) -> bool:
    """Nobody listens between us and this host."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise Malformed("The port of the mail server is a number up to 65535.", path="url") from error


def read_mailbox(sender: str) -> tuple[str, str]:
    """Name and address of a From line. Raises Malformed."""
    name, address = parseaddr(sender)
    written = envelope_address(address)
    if written is None:
        raise Malformed("The sender is written like: Shop <news@shop.example>.", path="sender")
    return name, written
