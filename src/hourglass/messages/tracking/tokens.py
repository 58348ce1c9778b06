"""Signed tokens for links in messages: what they say is in them, and only we can make one (HMAC-SHA-256, 96 bits)."""

from __future__ import annotations

import binascii
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from enum import Enum
from hashlib import sha256
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from hourglass.secrets import keep_secret

_MAC = 12
_BLOCK = 64  # octets that SHA-256 works on
_HEAD = 13  # purpose, workspace (4), message (8)


class Purpose(Enum):
    """What a token is good for; one made for a pixel opens no other door."""

    OPEN = b"o"
    CLICK = b"c"
    UNSUBSCRIBE = b"u"
    VIEW = b"v"
    PREFERENCES = b"p"
    PERSON = b"w"
    """The same page, from the shop's own: the number is that of a person."""
    CONFIRM = b"y"


class Token(Struct, frozen=True, kw_only=True):
    """What a token says. `target` is the address a click leads to, else empty."""

    workspace_id: int
    message_id: int
    target: str = ""


class Sign(Protocol):
    """Makes the tokens of one message."""

    def __call__(self, purpose: Purpose, target: str = "") -> str: ...


class Signer:
    """Makes and reads tokens with one secret."""

    def __init__(self, secret: bytes) -> None:
        # HMAC (RFC 2104) begun once: a dozen links a mail, and copying two digests costs half of copying an `hmac`.
        key = (sha256(secret).digest() if len(secret) > _BLOCK else secret).ljust(_BLOCK, b"\0")
        self._inner, self._outer = (sha256(bytes(octet ^ pad for octet in key)) for pad in (0x36, 0x5C))

    def sign(self, purpose: Purpose, workspace_id: int, message_id: int, target: str = "") -> str:
        """A token for a URL; 34 characters and the target."""
        return self.of(workspace_id, message_id)(purpose, target)

    def of(self, workspace_id: int, message_id: int) -> Sign:
        """Makes the tokens of one message: a purpose, and where a click leads."""
        number = workspace_id.to_bytes(4, "big") + message_id.to_bytes(8, "big")

        def sign(purpose: Purpose, target: str = "") -> str:
            says = purpose.value + number + target.encode()
            return urlsafe_b64encode(self._mac(says) + says).rstrip(b"=").decode("ascii")

        return sign

    def read(self, purpose: Purpose, token: str) -> Token | None:
        """What it says, or None when it is not ours or made for something else."""
        try:
            octets = urlsafe_b64decode(token.encode("ascii") + b"=" * (-len(token) % 4))
            mac, says = octets[:_MAC], octets[_MAC:]
            if len(says) < _HEAD or says[:1] != purpose.value or not hmac.compare_digest(mac, self._mac(says)):
                return None
            return Token(
                workspace_id=int.from_bytes(says[1:5], "big"),
                message_id=int.from_bytes(says[5:13], "big"),
                target=says[_HEAD:].decode(),
            )
        except (ValueError, binascii.Error):
            return None

    def _mac(self, says: bytes) -> bytes:
        inner, outer = self._inner.copy(), self._outer.copy()
        inner.update(says)
        outer.update(inner.digest())
        return outer.digest()[:_MAC]


def load_signer(data: Path) -> Signer:
    """The signer of this installation; its secret is made at the first start and kept in `secret.key` (0600).

    Several machines that serve one installation need a copy of that file.
    """
    return Signer(keep_secret(data / "secret.key"))
