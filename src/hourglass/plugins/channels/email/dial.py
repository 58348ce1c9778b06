"""Opening a connection: aiosmtplib greets, encrypts and logs in. What was to be encrypted is never sent in the open."""

from __future__ import annotations

import asyncio

import aiosmtplib

from hourglass.plugins.channels.email.connection import Connection, Offers
from hourglass.plugins.channels.email.settings import EmailSettings, Server, is_this_machine
from hourglass.plugins.channels.email.wire import Disconnected, wire_on


async def connect(server: Server, settings: EmailSettings) -> Connection:
    """Open a connection. Raises Disconnected with the reason."""
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        local_hostname=server.helo,
        use_tls=server.tls == "implicit",
        start_tls={"required": True, "never": False}.get(server.tls),
        cert_bundle=server.ca,
        timeout=settings.timeout,
    )
    try:
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            await client.ehlo()
        await _log_in(client, server)
    except (aiosmtplib.SMTPException, OSError, asyncio.IncompleteReadError) as error:
        client.close()
        raise Disconnected(f"{server.host}:{server.port}: {error}") from error
    return Connection(
        wire_on(client.transport), _offers(client), timeout=settings.timeout, taking=settings.taking_timeout
    )


async def _log_in(client: aiosmtplib.SMTP, server: Server) -> None:
    if server.user is None:
        return
    encrypted = client.transport is not None and client.transport.get_extra_info("ssl_object") is not None
    if not encrypted and server.tls != "never" and not is_this_machine(server.host):
        raise aiosmtplib.SMTPException("it offers no TLS, and a password is not sent in the open (?tls=never insists)")
    await client.login(server.user, server.password or "")


def _offers(client: aiosmtplib.SMTP) -> Offers:
    size = client.esmtp_extensions.get("size", "")
    return Offers(
        pipelining=client.supports_extension("pipelining"),
        smtputf8=client.supports_extension("smtputf8"),
        eight_bit=client.supports_extension("8bitmime"),
        dsn=client.supports_extension("dsn"),
        sizes=client.supports_extension("size"),
        size=int(size) if size.isdigit() else 0,
    )
