"""E-mail by SMTP: a few connections that stay open, a mail at a time on each."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from hourglass.channels import Outcome, Outgoing, Receipt, Sender, load_marker
from hourglass.plugins.channels.email.address import envelope_address
from hourglass.plugins.channels.email.connection import Connection, Envelope, Offers, Result, Stage
from hourglass.plugins.channels.email.dial import connect
from hourglass.plugins.channels.email.dkim import Keyring
from hourglass.plugins.channels.email.letterhead import Letterhead
from hourglass.plugins.channels.email.settings import EmailSettings, read_mailbox, server_of
from hourglass.plugins.channels.email.verdict import receipt
from hourglass.plugins.channels.email.wire import Disconnected, Reply

_IDLE = 20.0  # seconds; servers hang up after minutes, some after one
_NO_UTF8 = Reply(553, "5.6.7 The mail server takes no addresses with such letters (SMTPUTF8).")


class EmailSender:
    """Keeps the connections, the one used last first."""

    batch = 1

    def __init__(self, settings: EmailSettings) -> None:
        name, address = read_mailbox(settings.sender)
        folder = Path(settings.keys) if settings.keys else None
        marker = None if folder is None else load_marker(folder)
        self._letterhead = Letterhead(name, address, Keyring(folder), marker, settings.return_domain)
        self._server = server_of(settings)
        self._settings = settings
        self._idle: list[tuple[Connection, asyncio.TimerHandle]] = []
        self.parallel = settings.connections

    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        """One receipt for each message, in their order."""
        return [await self._send(message) for message in messages]

    async def close(self) -> None:
        """Say good-bye on every idle connection."""
        while self._idle:
            connection, timer = self._idle.pop()
            timer.cancel()
            connection.close()

    async def _send(self, message: Outgoing) -> Receipt:
        address = envelope_address(message.address)
        if address is None:
            return Receipt(outcome=Outcome.REFUSED_PERMANENT, detail="This is no mail address.", invalid_address=True)
        mail = self._letterhead.envelope(message, address)
        return receipt(await self._deliver(mail), mail.message_id)

    async def _deliver(self, mail: Envelope) -> Result:
        """A connection that was used before may have had its day; then a fresh one gets the mail, once."""
        while True:
            try:
                connection = self._take() or await connect(self._server, self._settings)
            except Disconnected as error:
                return Result(stage=Stage.CONNECT, reply=None, why=str(error))
            used = connection.mails > 0
            result = await self._over(connection, mail)
            if not (used and result.stage is Stage.ENVELOPE and (result.reply is None or result.reply.code == 421)):
                return result

    async def _over(self, connection: Connection, mail: Envelope) -> Result:
        try:
            refused = _beyond(connection.offers, mail)
            return refused or await connection.deliver(mail)
        finally:
            self._give_back(connection)

    def _take(self) -> Connection | None:
        while self._idle:
            connection, timer = self._idle.pop()
            timer.cancel()
            if connection.alive:
                return connection
        return None

    def _give_back(self, connection: Connection) -> None:
        if connection.mails >= self._settings.mails_per_connection:
            connection.close()
        elif connection.alive:
            timer = asyncio.get_running_loop().call_later(_IDLE, connection.close)
            self._idle.append((connection, timer))


def _beyond(offers: Offers, mail: Envelope) -> Result | None:
    """What this server cannot take is not tried."""
    if mail.international and not offers.smtputf8:
        return Result(stage=Stage.RECIPIENT, reply=_NO_UTF8)
    if 0 < offers.size < len(mail.content):
        told = f"5.3.4 The mail has {len(mail.content):,} octets, the mail server takes {offers.size:,}."
        return Result(stage=Stage.ENVELOPE, reply=Reply(552, told))
    return None


def open_email(settings: EmailSettings) -> Sender:
    """The channel with these settings. Raises Malformed when they cannot be right."""
    return EmailSender(settings)
