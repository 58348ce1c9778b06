"""What the door answers, ready-made where it can be."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from hourglass.kernel import HourglassError

Message = dict[str, Any]
Answer = tuple[Message, Message]
Header = tuple[bytes, bytes]

_JSON: Final = (b"content-type", b"application/json")
_RETRY: Final = (b"retry-after", b"1")


def answer(status: int, body: bytes, *more: Header) -> Answer:
    """The two ASGI messages of a JSON response."""
    headers = [_JSON, (b"content-length", str(len(body)).encode()), *more]
    return (
        {"type": "http.response.start", "status": status, "headers": headers},
        {"type": "http.response.body", "body": body},
    )


SUCCESS: Final = answer(200, b'{"success":true}')


def success(origin: bytes | None) -> Answer:
    """Stored."""
    return SUCCESS if origin is None else answer(200, b'{"success":true}', *readable_by(origin))


def failure(error: HourglassError, origin: bytes | None) -> Answer:
    """The contract's error body."""
    more = [*readable_by(origin)]
    if error.retryable:
        more.append(_RETRY)
    if error.status == 401:
        more.append((b"www-authenticate", b'Basic realm="write key"'))
    return answer(error.status, msgspec.json.encode(error.body()), *more)


def preflight(origin: bytes | None, wanted: bytes | None) -> Answer:
    """Any page may send events: the write key is no secret, and no cookie counts here."""
    more = (
        (b"access-control-allow-methods", b"POST, GET, OPTIONS"),
        (b"access-control-allow-headers", wanted or b"authorization, content-type, content-encoding"),
        (b"access-control-max-age", b"86400"),
    )
    return answer(204, b"", *readable_by(origin or b"*"), *more)


def readable_by(origin: bytes | None) -> tuple[Header, ...]:
    """CORS headers; with credentials, because sendBeacon always sends them and then accepts no `*`."""
    if origin is None:
        return ()
    if origin == b"*":
        return ((b"access-control-allow-origin", b"*"),)
    return (
        (b"access-control-allow-origin", origin),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    )
