"""An SMTP server that takes everything as fast as Python can, in a process of its own; VRFY tells how many it took."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import uvloop
from msgspec import Struct


class Sink(Struct):
    """A running sink."""

    port: int

    @property
    def url(self) -> str:
        """As `smtp_url` takes it."""
        return f"smtp://127.0.0.1:{self.port}"

    def taken(self) -> int:
        """How many mails it took so far."""
        with socket.create_connection(("127.0.0.1", self.port)) as line, line.makefile("rwb") as file:
            file.readline()
            file.write(b"VRFY\r\n")
            file.flush()
            return int(file.readline().split()[1])

    def longest(self) -> bytes:
        """The longest mail it took, as it came."""
        with socket.create_connection(("127.0.0.1", self.port)) as line, line.makefile("rwb") as file:
            file.readline()
            file.write(b"EXPN\r\n")
            file.flush()
            return file.read(int(file.readline().split()[1]))


@contextmanager
def smtp_sink() -> Generator[Sink]:
    """Start one, and stop it at the end."""
    process = subprocess.Popen([sys.executable, str(Path(__file__))], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        yield Sink(port=int(process.stdout.readline()))
    finally:
        process.kill()
        process.wait()


class _Session(asyncio.Protocol):
    taken = 0
    longest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one in deed, not in name
        self._rest = b""
        self._content = False
        self._transport.write(b"220 sink\r\n")

    def data_received(self, data: bytes) -> None:
        self._rest += data
        answers: list[bytes] = []
        while True:
            end = b"\r\n.\r\n" if self._content else b"\r\n"
            line, found, rest = self._rest.partition(end)
            if not found:
                break
            self._rest = rest
            if self._content and len(line) > len(_Session.longest):
                _Session.longest = line
            answers.append(self._answer(line[:4].upper()))
        if answers:
            self._transport.write(b"".join(answers))

    def _answer(self, verb: bytes) -> bytes:
        if self._content:
            self._content = False
            _Session.taken += 1
            return b"250 2.0.0 taken\r\n"
        self._content = verb == b"DATA"
        return {
            b"DATA": b"354 go on\r\n",
            b"EHLO": b"250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n",
            b"VRFY": b"252 %d\r\n" % _Session.taken,
            b"EXPN": b"250 %d\r\n%b" % (len(_Session.longest), _Session.longest),
        }.get(verb, b"250 2.0.0 ok\r\n")


async def _serve() -> None:
    server = await asyncio.get_running_loop().create_server(_Session, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve())
