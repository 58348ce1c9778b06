"""A real SMTP server in a thread of the test process: keeps what was handed over, and under which Message-ID."""

from __future__ import annotations

import asyncio
import re
import threading
from collections import Counter
from dataclasses import dataclass
from typing import Self

from aiosmtpd.smtp import SMTP, Envelope, Session

_MESSAGE_ID = re.compile(rb"^Message-ID:\s*<([^>]+)>", re.MULTILINE | re.IGNORECASE)
_SUBJECT = re.compile(rb"^Subject:\s*([^\r\n]*)", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True)
class Mail:
    """One mail as it arrived."""

    message_id: str
    recipient: str
    subject: str
    content: bytes

    @property
    def number(self) -> int:
        """The message's own number: the Message-ID begins with workspace-message-signature, in hexadecimal."""
        return int(self.message_id.split("-")[1], 16)


class Mailbox:
    """Accepts every mail; `with Mailbox() as mailbox:` runs it on a free port."""

    def __init__(self, slowness: float = 0.0) -> None:
        """`slowness`: seconds between getting a mail and saying so, as real providers have them."""
        self.mails: list[Mail] = []
        self._slowness = slowness
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="mailbox", daemon=True)

    @property
    def url(self) -> str:
        """As HOURGLASS_SMTP_URL takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    def arrivals(self) -> Counter[int]:
        """How often each message arrived, by its number."""
        return Counter(mail.number for mail in self.mails)

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.original_content or b""
        self.mails.append(Mail(_found(_MESSAGE_ID, content), envelope.rcpt_tos[0], _found(_SUBJECT, content), content))
        await asyncio.sleep(self._slowness)
        return f"250 2.0.0 Ok: queued as {len(self.mails)}"

    def __enter__(self) -> Self:
        self._thread.start()
        listening = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(10)
        self.port = listening.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    async def _listen(self) -> asyncio.Server:
        def session() -> SMTP:
            return SMTP(self, hostname="mailbox.example", enable_SMTPUTF8=True, loop=self._loop)

        return await self._loop.create_server(session, "127.0.0.1", 0)


def _found(pattern: re.Pattern[bytes], content: bytes) -> str:
    match = pattern.search(content)
    return "" if match is None else match[1].decode()
