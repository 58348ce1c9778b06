"""An SMTP server in this process that notes when each recipient's mail was taken."""

from __future__ import annotations

import asyncio
import re
import threading
import time
from typing import Self

_RCPT = re.compile(rb"RCPT TO:<([^>]*)>", re.IGNORECASE)


class TimedSink:
    """`with TimedSink() as sink`: `sink.taken[recipient]` is the moment (perf_counter) of its last mail."""

    def __init__(self) -> None:
        self.taken: dict[str, float] = {}
        self.port = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._thread.start()
        serve = self._loop.create_server(lambda: _Session(self.taken), "127.0.0.1", 0)
        server = asyncio.run_coroutine_threadsafe(serve, self._loop).result(10)
        self.port = server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)


class _Session(asyncio.Protocol):
    def __init__(self, taken: dict[str, float]) -> None:
        self._taken = taken
        self._rest = b""
        self._content = False
        self._recipients: list[str] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._rest += data
        answers: list[bytes] = []
        while True:
            line, found, rest = self._rest.partition(b"\r\n.\r\n" if self._content else b"\r\n")
            if not found:
                break
            self._rest = rest
            answers.append(self._answer(line))
        if answers:
            self._transport.write(b"".join(answers))

    def _answer(self, line: bytes) -> bytes:
        if self._content:
            self._content = False
            self._taken.update(dict.fromkeys(self._recipients, time.perf_counter()))
            self._recipients = []
            return b"250 2.0.0 taken\r\n"
        if found := _RCPT.match(line):
            self._recipients.append(found[1].decode())
        if line[:4].upper() == b"DATA":
            self._content = True
            return b"354 go on\r\n"
        return b"250-sink\r\n250 PIPELINING\r\n" if line[:4].upper() == b"EHLO" else b"250 2.0.0 ok\r\n"
