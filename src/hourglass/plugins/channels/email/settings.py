"""What an operator sets for e-mail: one address of a server says it all."""

from __future__ import annotations

from email.utils import parseaddr
from typing import Annotated, Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from msgspec import Meta, Struct

from hourglass.kernel import Malformed

Tls = Literal["auto", "required", "never", "implicit"]


class EmailSettings(Struct, frozen=True, kw_only=True):
    """Settings of the channel; the struct is also its form."""

    url: str
    """smtp://user:password@host:587 (TLS when the server offers it), smtps:// (TLS from the first byte);
    `?tls=required|never` insists, `?ca=FILE` trusts a certificate authority of your own."""
    sender: str = "Shop <shop@localhost>"
    """From: a name and an address."""
    connections: Annotated[int, Meta(ge=1, le=64)] = 8
    """Connections kept open to the server at the same time."""
    timeout: Annotated[float, Meta(gt=0)] = 30.0
    """Seconds the server may take to answer."""


class Server(Struct, frozen=True, kw_only=True):
    """The parts of the URL."""

    host: str
    port: int
    user: str | None
    password: str | None
    tls: Tls
    ca: str | None


def read_server(url: str) -> Server:
    """Take the URL apart. Raises Malformed, without repeating the password."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise Malformed("The address of a mail server is smtp://user:password@host:port or smtps://…", path="url")
    options = parse_qs(parts.query)
    tls = options.get("tls", ["implicit" if parts.scheme == "smtps" else "auto"])[0]
    if tls not in ("auto", "required", "never", "implicit"):
        raise Malformed("`tls` in the address of the mail server is auto, required or never.", path="url")
    return Server(
        host=parts.hostname,
        port=_port(parts) or (465 if tls == "implicit" else 25),
        user=None if parts.username is None else unquote(parts.username),
        password=None if parts.password is None else unquote(parts.password),
        tls=tls,
        ca=options.get("ca", [None])[0],
    )


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError as error:
        raise Malformed("The port of the mail server is a number up to 65535.", path="url") from error


def read_mailbox(sender: str) -> tuple[str, str]:
    """Name and address of a From line. Raises Malformed."""
    name, address = parseaddr(sender)
    local, at, domain = address.rpartition("@")
    if not (at and local and domain) or any(ord(char) < 33 or char in "<>" for char in address):
        raise Malformed("The sender is written like: Shop <news@shop.example>.", path="sender")
    return name, address
