"""The inbox role: an SMTP server on this machine that accepts everything and delivers nothing."""

from __future__ import annotations

import asyncio

import structlog
from aiosmtpd.smtp import SMTP, Envelope, Session

from hourglass.inbox.gather import Gather
from hourglass.inbox.mail import subject_of
from hourglass.inbox.store import Arrived
from hourglass.kernel import Clock, Settings
from hourglass.postgres import Database

_say = structlog.get_logger(__name__)
_LARGEST = 25 * 1024 * 1024


async def run(settings: Settings, database: Database, clock: Clock, stop: asyncio.Event) -> None:
    """Receive until told to stop. The port is `settings.inbox_port`, on this machine only."""
    gather = Gather(database)
    writing = asyncio.create_task(gather.run())
    receiver = _Receiver(gather, clock)
    server = await asyncio.get_running_loop().create_server(
        lambda: SMTP(receiver, hostname="inbox.localhost", data_size_limit=_LARGEST, enable_SMTPUTF8=True),
        "127.0.0.1",
        settings.inbox_port,
    )
    _say.info("inbox_open", port=settings.inbox_port)
    try:
        await stop.wait()
    finally:
        server.close()
        writing.cancel()


class _Receiver:
    """What aiosmtpd calls; the names are its own."""

    def __init__(self, gather: Gather, clock: Clock) -> None:
        self._gather = gather
        self._clock = clock

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        """Offer pipelining: commands are read from a buffer, so it works."""
        del server, envelope
        session.host_name = hostname
        return [*responses[:-1], "250-PIPELINING", responses[-1]]

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep the mail; only then say so."""
        del server, session
        raw = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content or "").encode()
        mail = Arrived(
            received_at=self._clock.now(),
            sender=envelope.mail_from or "",
            recipient=", ".join(str(recipient) for recipient in envelope.rcpt_tos),
            subject=subject_of(raw),
            raw=raw,
        )
        kept = await self._gather.keep(mail)
        return "250 2.0.0 Kept in the inbox" if kept else "451 4.3.0 The database is away, come again"
