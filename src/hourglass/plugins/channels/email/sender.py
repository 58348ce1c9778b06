"""E-mail by SMTP: a few connections that stay open, a mail at a time on each."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

from hourglass.channels import Outcome, Outgoing, Receipt, Sender
from hourglass.plugins.channels.email.connection import Connection, Result, Stage, connect
from hourglass.plugins.channels.email.mime import Letterhead
from hourglass.plugins.channels.email.settings import EmailSettings, read_mailbox, read_server
from hourglass.plugins.channels.email.verdict import receipt
from hourglass.plugins.channels.email.wire import Disconnected, Reply

_IDLE = 20.0  # seconds; servers hang up after minutes, some after one
_SAFE_ADDRESS = re.compile(r"[^\s<>\x00-\x20\x7f]+@[^\s<>@\x00-\x20\x7f]+")
_NO_UTF8 = Reply(553, "5.6.7 The mail server takes no addresses with such letters (SMTPUTF8).")


class EmailSender:
    """Keeps the connections, the one used last first."""

    batch = 1

    def __init__(self, settings: EmailSettings) -> None:
        name, self._address = read_mailbox(settings.sender)
        self._server = read_server(settings.url)
        self._letterhead = Letterhead(name, self._address)
        self._timeout = settings.timeout
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
        if not _SAFE_ADDRESS.fullmatch(message.address):
            return Receipt(outcome=Outcome.REFUSED_PERMANENT, detail="This is no mail address.", invalid_address=True)
        content = self._letterhead.mail(message)
        result = await self._deliver(message.address, content)
        return receipt(result, self._letterhead.message_id(message))

    async def _deliver(self, address: str, content: bytes) -> Result:
        """A connection that was idle may have died unheard; then a fresh one gets the mail, once."""
        while True:
            try:
                connection = self._take() or await connect(self._server, self._timeout)
            except Disconnected as error:
                return Result(stage=Stage.CONNECT, reply=None, why=str(error))
            stale = connection.used
            result = await self._over(connection, address, content)
            if not (stale and result.reply is None and result.stage is Stage.ENVELOPE):
                return result

    async def _over(self, connection: Connection, address: str, content: bytes) -> Result:
        if not (address.isascii() or connection.smtputf8):
            self._give_back(connection)
            return Result(stage=Stage.RECIPIENT, reply=_NO_UTF8)
        try:
            return await connection.deliver(self._address, address, content)
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
        if connection.alive:
            timer = asyncio.get_running_loop().call_later(_IDLE, connection.close)
            self._idle.append((connection, timer))


def open_email(settings: EmailSettings) -> Sender:
    """The channel with these settings. Raises Malformed when they cannot be right."""
    return EmailSender(settings)
