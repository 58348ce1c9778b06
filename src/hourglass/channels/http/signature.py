"""Signs what is posted, as standardwebhooks.com says, so that receivers can use the libraries they have."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode
from binascii import Error
from datetime import datetime
from hashlib import sha256

from hourglass.kernel import Malformed

_PREFIX = "whsec_"
_SHORTEST = 16


def read_secret(text: str) -> bytes:
    """The bytes of a secret: base64 after `whsec_`, else the text itself. Raises Malformed for one easy to guess."""
    try:
        secret = b64decode(text.removeprefix(_PREFIX), validate=True) if text.startswith(_PREFIX) else text.encode()
    except (Error, ValueError):
        raise Malformed("What follows whsec_ is not base64.", path="secret") from None
    if len(secret) < _SHORTEST:
        raise Malformed(f"A secret has {_SHORTEST} bytes or more.", path="secret")
    return secret


def signed(secret: bytes, message_id: str, body: bytes, now: datetime) -> dict[str, str]:
    """The three headers: HMAC-SHA256 over id, time in epoch seconds and body, joined by dots."""
    moment = str(int(now.timestamp()))
    digest = hmac.digest(secret, f"{message_id}.{moment}.".encode() + body, sha256)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{b64encode(digest).decode()}",
    }
