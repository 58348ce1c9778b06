"""The door for returned mail: SMTP, and LMTP from a mail server beside us. It takes what is ours, and nothing else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax  # pyright: ignore[reportUnknownVariableType]

from hourglass.channels import Marker

_LARGEST = 30 * 1024 * 1024
# Where feedback loops and other postmasters write to (RFC 2142).
_POSTMEN = {"abuse", "complaints", "fbl", "postmaster"}

Take = Callable[[bytes, Sequence[str]], bool]
"""Notes one mail and its recipients, in a thread; False when that is not possible right now."""


class ReturnDoor:
    """What aiosmtpd calls; the names are its own."""

    def __init__(self, marker: Marker, take: Take) -> None:
        self._marker = marker
        self._take = take

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """A true mark, or a postmaster's mailbox."""
        del server, session, options
        if self._marker.find(address) is None and address.partition("@")[0].lower() not in _POSTMEN:
            return "550 5.1.1 Nobody here by that name"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Fine"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Only what is noted is taken. LMTP wants an answer for each recipient (RFC 2033)."""
        del session
        octets = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content or "").encode()
        noted = await asyncio.to_thread(self._take, octets, [str(one) for one in envelope.rcpt_tos])
        answer = "250 2.0.0 Noted" if noted else "451 4.3.0 Not now, come again"
        local = isinstance(server, ReturnServer) and server.local
        return "\r\n".join([answer] * (len(envelope.rcpt_tos) if local else 1))


class ReturnServer(SMTP):
    """One conversation; whoever says LHLO speaks LMTP."""

    local = False

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:  # noqa: N802
        """The greeting of LMTP is EHLO by another name."""
        self.local = True
        await super().smtp_EHLO(arg)  # pyright: ignore[reportUnknownMemberType]


async def open_door(door: ReturnDoor, host: str, port: int) -> asyncio.Server:
    """Listen; port 0 takes a free one."""
    return await asyncio.get_running_loop().create_server(
        lambda: ReturnServer(
            door, hostname="returns", ident="Hourglass", data_size_limit=_LARGEST, enable_SMTPUTF8=True, timeout=120
        ),
        host,
        port,
    )
