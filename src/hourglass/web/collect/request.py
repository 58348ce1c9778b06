"""What the door reads of a request besides its body."""

from __future__ import annotations

import binascii
from base64 import b64decode
from typing import Any

from msgspec import Struct

from hourglass.kernel import Unauthorised

_LOCAL = ("127.0.0.1", "::1")


class Request(Struct, gc=False):
    """The headers that matter here; None where absent."""

    authorization: bytes | None = None
    length: bytes | None = None
    encoding: bytes | None = None
    origin: bytes | None = None
    forwarded_for: bytes | None = None
    host: bytes | None = None
    wanted_headers: bytes | None = None


_FIELDS = {
    b"authorization": "authorization",
    b"content-length": "length",
    b"content-encoding": "encoding",
    b"origin": "origin",
    b"x-forwarded-for": "forwarded_for",
    b"host": "host",
    b"access-control-request-headers": "wanted_headers",
}


def read_request(scope: Any) -> Request:
    """One pass over the headers."""
    request = Request()
    for name, value in scope["headers"]:
        field = _FIELDS.get(name)
        if field is not None:
            setattr(request, field, value)
    return request


def basic_user(authorization: bytes) -> str:
    """The write key: user name of Basic, without a password. Raises Unauthorised."""
    scheme, _, rest = authorization.partition(b" ")
    if scheme.lower() != b"basic":
        raise Unauthorised("Send the write key as the user name of HTTP Basic, or as `writeKey` in the body.")
    try:
        return b64decode(rest, validate=True).partition(b":")[0].decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Unauthorised("The Authorization header is not readable as HTTP Basic.") from error


def browser_address(scope: Any, request: Request) -> str | None:
    """Where a browser called from; None for servers, whose address says nothing about a person.

    X-Forwarded-For is believed from this machine only, where the reverse proxy is.
    """
    client = scope.get("client")
    if request.origin is None or not client:
        return None
    if request.forwarded_for is not None and client[0] in _LOCAL:
        return request.forwarded_for.decode("latin-1").rpartition(",")[2].strip()[:45]
    return client[0]
