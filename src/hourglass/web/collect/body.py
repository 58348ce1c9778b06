"""Reading a body that may be too large, compressed, or a bomb."""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable
from typing import Any, Final

from hourglass.kernel import Malformed, TooLarge

BODY_LIMIT: Final = 500 * 1024
"""Bytes of one request, unpacked (Segment's limit of a batch)."""
_GZIP = 31
Receive = Callable[[], Awaitable[Any]]


class Disconnected(Exception):
    """The client went away before it had said everything."""


async def read_body(receive: Receive, length: bytes | None, encoding: bytes | None) -> bytes:
    """The whole body, unpacked. Raises TooLarge before more than the limit is held, Malformed, Disconnected."""
    announced = -1 if length is None else int(length)
    if announced > BODY_LIMIT:
        raise _too_large()
    body, more = await _part(receive)
    # Where the length is known, asking once more only to hear "that was all" costs a turn of two threads.
    if more and len(body) != announced:
        body = await _rest(receive, body, announced)
    if len(body) > BODY_LIMIT:
        raise _too_large()
    return body if encoding is None or encoding == b"identity" else unpacked(body, encoding)


async def _rest(receive: Receive, first: bytes, announced: int) -> bytes:
    parts = [first]
    size = len(first)
    more = True
    while more and size != announced:
        part, more = await _part(receive)
        size += len(part)
        if size > BODY_LIMIT:
            raise _too_large()
        parts.append(part)
    return b"".join(parts)


async def _part(receive: Receive) -> tuple[bytes, bool]:
    message = await receive()
    if message["type"] == "http.disconnect":
        raise Disconnected
    return message.get("body", b""), message.get("more_body", False)


def unpacked(body: bytes, encoding: bytes) -> bytes:
    """A gzipped body; never more than the limit is unpacked."""
    if encoding.lower() != b"gzip":
        raise Malformed(f"Content-Encoding “{encoding.decode('latin-1')}” is not understood; send gzip or plain JSON.")
    unpacker = zlib.decompressobj(_GZIP)
    try:
        text = unpacker.decompress(body, BODY_LIMIT + 1)
    except zlib.error as error:
        raise Malformed("The body says it is gzip but cannot be unpacked.") from error
    if len(text) > BODY_LIMIT:
        raise _too_large()
    if not unpacker.eof:
        raise Malformed("The gzipped body ends too early.")
    return text


def _too_large() -> TooLarge:
    return TooLarge(f"A request may have {BODY_LIMIT} bytes; send fewer events at once.")
