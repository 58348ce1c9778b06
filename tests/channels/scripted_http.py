"""A real HTTP server that a script answers for: a fake provider is a function from a request to an answer."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Any

from msgspec import Struct


class Asked(Struct, frozen=True, kw_only=True):
    """One request as it came over the wire."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def form(self) -> dict[str, str]:
        """The fields of a multipart form, read as any server reads them."""
        head = f"Content-Type: {self.headers['content-type']}\r\n\r\n".encode()
        parts = email.message_from_bytes(head + self.body, policy=email.policy.HTTP).iter_parts()
        fields = {str(part.get_param("name", header="content-disposition")): part for part in parts}
        return {name: bytes(part.get_payload(decode=True) or b"").decode() for name, part in fields.items()}  # type: ignore[arg-type]


class Told(Struct, frozen=True, kw_only=True):
    """What to answer; `silent` never answers, `hang_up` closes after the request was read."""

    status: int = 200
    body: Any = b""
    headers: dict[str, str] = {}
    silent: bool = False
    hang_up: bool = False


class Provider:
    """Keeps what was asked."""

    def __init__(self, answer: Callable[[Asked], Told]) -> None:
        self.answer = answer
        self.asked: list[Asked] = []
        self.connections = 0
        self.url = ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while asked := await _read(reader):
                self.asked.append(asked)
                told = self.answer(asked)
                if told.silent:
                    await reader.read()
                    return
                if told.hang_up:
                    return
                writer.write(_written(told))
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines if line)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Asked(method=method, path=path, headers=headers, body=body)


def _written(told: Told) -> bytes:
    body = told.body if isinstance(told.body, bytes) else json.dumps(told.body).encode()
    headers = {"Content-Type": "application/json", **told.headers, "Content-Length": str(len(body))}
    lines = [f"HTTP/1.1 {told.status} {HTTPStatus(told.status).phrase}", *(f"{k}: {v}" for k, v in headers.items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


@asynccontextmanager
async def provider(answer: Callable[[Asked], Told]) -> AsyncGenerator[Provider]:
    """The server while it runs; `url` says where."""
    playing = Provider(answer)
    server = await asyncio.start_server(playing.serve, "127.0.0.1", 0)
    playing.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    try:
        yield playing
    finally:
        server.close()
