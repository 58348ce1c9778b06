"""A real SMTP server that the recipient's name tells what to answer: `gone@` is refused, `silent@` never answered."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

AT_RCPT = {
    "gone": "550 5.1.1 No such user",
    "blocked": "550 5.7.1 Your host is not welcome",
    "plain550": "550 Nobody here",
    "full": "452 4.2.2 Mailbox full",
    "closing": "421 4.3.2 Going down",
}
AT_DATA = {"later": "451 4.7.1 Greylisted", "spam": "554 5.7.1 We think this is spam"}


class Script:
    """Keeps what was accepted, and how often someone connected."""

    def __init__(self, *, pipelining: bool = True) -> None:
        self.mails: list[Envelope] = []
        self.connections = 0
        self.down = False
        self.port = 0
        self.mails_per_connection = 1_000_000
        self._pipelining = pipelining

    def received_by(self, recipient: str) -> int:
        """How many mails one recipient got."""
        return sum(recipient in mail.rcpt_tos for mail in self.mails)

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return [*responses[:-1], *(["250-PIPELINING"] if self._pipelining else []), responses[-1]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        begun = getattr(session, "begun", 0)
        if begun == self.mails_per_connection:
            return "421 4.7.0 Enough of this connection"
        session.begun = begun + 1  # type: ignore[attr-defined]
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Fine"

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:  # noqa: N802
        name = address.partition("@")[0]
        if name == "vanish":
            _hang_up(server)
        if name in AT_RCPT:
            return AT_RCPT[name]
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        name = envelope.rcpt_tos[0].partition("@")[0]
        if name in AT_DATA:
            return AT_DATA[name]
        self.mails.append(envelope)
        if name == "silent":  # it took the mail, and nobody will ever hear so
            _hang_up(server)
        if name == "asleep":
            await asyncio.sleep(30)
        return f"250 2.0.0 Ok: queued as {len(self.mails)}"


def _hang_up(server: SMTP) -> None:
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


def _login(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
    return AuthResult(success=data.login == b"shop" and data.password == b"sesame", handled=False)


@asynccontextmanager
async def smtp_server(
    *, pipelining: bool = True, tls: ssl.SSLContext | None = None, implicit: bool = False, login: bool = False
) -> AsyncGenerator[Script]:
    """A server on a free port of this machine; its port is `script.port`."""
    script = Script(pipelining=pipelining)

    def session() -> asyncio.BaseProtocol:
        return SMTP(
            script,
            hostname="sink.example",
            enable_SMTPUTF8=True,
            tls_context=None if implicit else tls,
            require_starttls=tls is not None and not implicit,
            auth_required=login,
            auth_require_tls=False,
            authenticator=_login if login else None,
        )

    server = await asyncio.get_running_loop().create_server(session, "127.0.0.1", 0, ssl=tls if implicit else None)
    script.port = server.sockets[0].getsockname()[1]
    try:
        yield script
    finally:
        server.close()
