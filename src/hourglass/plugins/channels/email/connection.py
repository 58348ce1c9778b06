"""One connection to the mail server, used for many mails: the dialogue of SMTP, and how far each mail came.

Decision 0015 says why `Wire` carries the mails and not the library that opened the connection.
"""

from __future__ import annotations

import asyncio
from enum import Enum

from msgspec import Struct

from hourglass.plugins.channels.email.wire import Disconnected, Reply, Unfinished, Wire

_SLOWEST = 50_000  # octets a second; a big mail over a slow line gets its time


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


class Envelope(Struct, frozen=True, kw_only=True):
    """A mail and where it goes. `mark` is what a bounce brings back (RFC 3461: ENVID)."""

    sender: str
    recipient: str
    content: bytes
    mark: str = ""
    message_id: str = ""

    @property
    def international(self) -> bool:
        """Whether it needs SMTPUTF8 (RFC 6531)."""
        return not (self.recipient.isascii() and self.sender.isascii())


class Offers(Struct, frozen=True, kw_only=True):
    """What the server can do. `size` in octets, 0: it does not say."""

    pipelining: bool = False
    smtputf8: bool = False
    eight_bit: bool = False
    dsn: bool = False
    sizes: bool = False
    size: int = 0


class Connection:
    """Open, greeted, encrypted and logged in. Times are seconds: for a command, and for the answer to a whole mail."""

    def __init__(self, wire: Wire, offers: Offers, *, timeout: float, taking: float) -> None:
        self._wire = wire
        self._timeout = timeout
        self._taking = taking
        self.offers = offers
        self.mails = 0

    @property
    def alive(self) -> bool:
        """Whether it can take another mail, as far as we know."""
        return self._wire.open

    async def deliver(self, mail: Envelope) -> Result:
        """Send one mail; every failure is a result, and one that leaves the dialogue in doubt ends the connection."""
        self.mails += 1
        stage = Stage.ENVELOPE
        try:
            refused = await self._envelope(mail)
            if refused is not None:
                return refused
            stage = Stage.CONTENT
            content = _stuffed(mail.content)
            reply = await self._wire.hand_over(content, self._taking + len(content) / _SLOWEST)
        except (Disconnected, TimeoutError) as error:
            self._wire.abort()
            why = str(error) or "The server did not answer in time."
            return Result(stage=Stage.ENVELOPE if isinstance(error, Unfinished) else stage, reply=None, why=why)
        except asyncio.CancelledError:
            self._wire.abort()  # in the middle of a dialogue nobody can use it again
            raise
        if reply.code == 421:
            self._wire.close()
        return Result(stage=stage, reply=reply)

    def close(self) -> None:
        """Say good-bye."""
        self._wire.close()

    async def _envelope(self, mail: Envelope) -> Result | None:
        commands = [_mail_from(mail, self.offers), _rcpt_to(mail, self.offers), "DATA\r\n"]
        if self.offers.pipelining:
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


def _mail_from(mail: Envelope, offers: Offers) -> str:
    options = [
        f"SIZE={len(mail.content)}" if offers.sizes else "",
        "BODY=8BITMIME" if offers.eight_bit and mail.international else "",
        "SMTPUTF8" if mail.international else "",
        # Bounces bring the headers back and not the letter, and the mark (RFC 3461).
        f"RET=HDRS ENVID={mail.mark}" if offers.dsn and mail.mark else "",
    ]
    return " ".join([f"MAIL FROM:<{mail.sender}>", *filter(None, options)]) + "\r\n"


def _rcpt_to(mail: Envelope, offers: Offers) -> str:
    option = " NOTIFY=FAILURE,DELAY" if offers.dsn and mail.mark else ""
    return f"RCPT TO:<{mail.recipient}>{option}\r\n"


def _stuffed(content: bytes) -> bytes:
    """A line that begins with a dot gets another one (RFC 5321, 4.5.2)."""
    stuffed = content.replace(b"\n.", b"\n..") if b"\n." in content else content
    return stuffed if stuffed.endswith(b"\r\n") else stuffed + b"\r\n"
