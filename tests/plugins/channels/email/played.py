"""A server that says and does, word by word, what a test tells it: for what a decent server never does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

GREETED = ("220 played", "250-played\r\n250-PIPELINING\r\n250 SIZE 1000000")


class Played:
    """Answers by first word of a command; `heard` keeps all that came."""

    def __init__(self, answers: dict[str, str], read: int | None, hello: str) -> None:
        self._answers = answers
        self._read = read
        self._hello = hello
        self.heard = b""
        self.connections = 0
        self.port = 0

    async def play(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection: EHLO, MAIL, RCPT and DATA, then `read` octets of the mail, or all of it."""
        self.connections += 1
        writer.write(b"220 played\r\n")
        while line := await reader.readline():
            self.heard += line
            verb = line[:4].decode().strip().upper()
            answer = self._answers.get(verb, {"EHLO": self._hello, "DATA": "354 go on"}.get(verb, "250 fine"))
            if answer == "hang up":
                break
            writer.write(answer.encode() + b"\r\n")
            if verb == "DATA" and answer.startswith("354") and not await self._content(reader, writer):
                break
        writer.close()

    async def _content(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        if self._read is not None:
            self.heard += await reader.read(self._read)
            if "INSIDE" in self._answers:
                writer.write(self._answers["INSIDE"].encode() + b"\r\n")
            if "ASLEEP" in self._answers:
                await asyncio.sleep(30)
            return False
        while (line := await reader.readline()) not in (b".\r\n", b""):
            self.heard += line
        writer.write(self._answers.get("END", "250 taken").encode() + b"\r\n")
        return True


@asynccontextmanager
async def played(
    answers: dict[str, str] | None = None, *, read: int | None = None, offers: tuple[str, ...] = ("PIPELINING",)
) -> AsyncGenerator[Played]:
    """On a free port of this machine, `script.port`."""
    hello = "\r\n".join([*(f"250-{one}" for one in ("played", *offers[:-1])), f"250 {offers[-1]}"])
    script = Played(answers or {}, read, hello)
    server = await asyncio.start_server(script.play, "127.0.0.1", 0, limit=1 << (25 if read is None else 16))
    script.port = server.sockets[0].getsockname()[1]
    try:
        yield script
    finally:
        server.close()
