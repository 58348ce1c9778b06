"""One connection to the mail server, used for many mails. aiosmtplib opens it (TLS, log-in); `Wire` carries the mails.

The library takes 460 µs of processor time for a mail, and cannot say whether a connection broke before or after the
mail was handed over; this way it is 35 µs, and the answer is exact.
"""

from __future__ import annotations

import asyncio
from enum import Enum

import aiosmtplib
from msgspec import Struct

from hourglass.plugins.channels.email.settings import Server
from hourglass.plugins.channels.email.wire import Disconnected, Reply, Wire, wire_on


class Stage(Enum):
    """How far a mail came."""

    CONNECT = "connect"
    ENVELOPE = "envelope"
    RECIPIENT = "recipient"
    CONTENT = "content"
    """Everything was written, the final dot included."""


class Result(Struct, frozen=True, kw_only=True):
    """The last answer and the stage it belongs to; no reply: the server went silent."""

    stage: Stage
    reply: Reply | None
    why: str = ""


class Connection:
    """Open, greeted, encrypted and logged in."""

    def __init__(self, wire: Wire, *, pipelining: bool, smtputf8: bool, timeout: float) -> None:
        self._wire = wire
        self._pipelining = pipelining
        self._timeout = timeout
        self.smtputf8 = smtputf8
        self.used = False

    @property
    def alive(self) -> bool:
        """Whether it can take another mail, as far as we know."""
        return self._wire.open

    async def deliver(self, sender: str, recipient: str, content: bytes) -> Result:
        """Send one mail; every failure is a result, and one that leaves the dialogue in doubt ends the connection."""
        self.used = True
        stage = Stage.ENVELOPE
        try:
            refused = await self._envelope(sender, recipient)
            if refused is not None:
                return refused
            stage = Stage.CONTENT
            [reply] = await self._wire.exchange(_stuffed(content) + b".\r\n", 1, self._timeout)
        except (Disconnected, TimeoutError) as error:
            self._wire.abort()
            return Result(stage=stage, reply=None, why=str(error) or "The server did not answer in time.")
        except asyncio.CancelledError:
            self._wire.abort()  # in the middle of a dialogue nobody can use it again
            raise
        if reply.code == 421:
            self._wire.close()
        return Result(stage=stage, reply=reply)

    def close(self) -> None:
        """Say good-bye."""
        self._wire.close()

    async def _envelope(self, sender: str, recipient: str) -> Result | None:
        option = "" if recipient.isascii() else " SMTPUTF8"
        commands = [f"MAIL FROM:<{sender}>{option}\r\n", f"RCPT TO:<{recipient}>\r\n", "DATA\r\n"]
        if self._pipelining:
            replies = await self._wire.exchange("".join(commands).encode(), 3, self._timeout)
        else:
            replies = await self._one_by_one(commands)
        stages = (Stage.ENVELOPE, Stage.RECIPIENT, Stage.ENVELOPE)
        refused = next((pair for pair in zip(stages, replies, strict=False) if not pair[1].fine), None)
        if refused is None:
            return None
        await self._calm(data_open=len(replies) == 3 and replies[2].code == 354, gone=refused[1].code == 421)
        return Result(stage=refused[0], reply=refused[1])

    async def _one_by_one(self, commands: list[str]) -> list[Reply]:
        replies: list[Reply] = []
        for command in commands:
            replies += await self._wire.exchange(command.encode(), 1, self._timeout)
            if not replies[-1].fine:
                break
        return replies

    async def _calm(self, *, data_open: bool, gone: bool) -> None:
        """Bring the dialogue back to its start after a refusal; where that fails, the refusal still stands."""
        if gone:
            self._wire.close()
            return
        # Nobody is left to receive it: end the empty mail (RFC 2920, 3.1).
        command = b".\r\n" if data_open else b"RSET\r\n"
        try:
            await self._wire.exchange(command, 1, self._timeout)
        except (Disconnected, TimeoutError):
            self._wire.abort()


async def connect(server: Server, timeout: float) -> Connection:
    """Open a connection. Raises Disconnected with the reason."""
    client = aiosmtplib.SMTP(
        hostname=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.tls == "implicit",
        start_tls={"auto": None, "required": True}.get(server.tls, False),
        cert_bundle=server.ca,
        timeout=timeout,
    )
    try:
        await client.connect()
        if client.is_ehlo_or_helo_needed:
            await client.ehlo()
    except (aiosmtplib.SMTPException, OSError, asyncio.IncompleteReadError) as error:
        client.close()
        raise Disconnected(f"{server.host}:{server.port}: {error}") from error
    return _taken_over(client, timeout)


def _taken_over(client: aiosmtplib.SMTP, timeout: float) -> Connection:
    return Connection(
        wire_on(client.transport),
        pipelining=client.supports_extension("pipelining"),
        smtputf8=client.supports_extension("smtputf8"),
        timeout=timeout,
    )


def _stuffed(content: bytes) -> bytes:
    """A line that begins with a dot gets another one (RFC 5321, 4.5.2)."""
    stuffed = content.replace(b"\n.", b"\n..") if b"\n." in content else content
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
