"""The mark of a message: its number, signed, in the return path (VERP) and the Message-ID of its mail.

A bounce or complaint that brings the mark along is surely about a message of ours: nobody else can make one
(HMAC-SHA-256, 64 bits; a guess costs a mail).
"""

from __future__ import annotations

import hmac
import re
import secrets
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from hourglass.channels.mail.private_file import keep

# Lower-case only: some mail systems change the case of what stands before the @.
_MARK = re.compile(r"(?<![0-9a-z])([0-9a-f]{1,8})-([0-9a-f]{1,16})-([0-9a-f]{16})(?![0-9a-z])", re.IGNORECASE)
_RETURN, _LEAVE = "bounce+", "unsubscribe+"


class Marked(Struct, frozen=True):
    """The message a mark names."""

    workspace_id: int
    message_id: int


class Marker:
    """Makes and finds marks with one secret."""

    def __init__(self, secret: bytes) -> None:
        self._begun = hmac.new(secret, b"mark:", "sha256")
        self._mac = lru_cache(maxsize=64)(self._made)
        """Return path, Message-ID and way out of a mail name the same mark, one after the other."""

    def mark(self, workspace_id: int, message_id: int) -> str:
        """Letters, digits and two dashes; 42 characters at most."""
        says = f"{workspace_id:x}-{message_id:x}"
        return f"{says}-{self._mac(says)}"

    def return_path(self, workspace_id: int, message_id: int, domain: str) -> str:
        """Where a bounce of this message goes."""
        return f"{_RETURN}{self.mark(workspace_id, message_id)}@{domain}"

    def way_out(self, workspace_id: int, message_id: int, domain: str) -> str:
        """Where a mail goes that says: no more of these."""
        return f"{_LEAVE}{self.mark(workspace_id, message_id)}@{domain}"

    def leaving(self, addresses: str) -> Marked | None:
        """The message whose way out stands among addresses."""
        return self.find(addresses) if _LEAVE in addresses.lower() else None

    def find(self, text: str) -> Marked | None:
        """The first true mark in an address, a header or a whole mail; None when there is none of ours."""
        for found in _MARK.finditer(text):
            workspace, message, mac = (part.lower() for part in found.groups())
            if hmac.compare_digest(mac, self._mac(f"{workspace}-{message}")):
                return Marked(int(workspace, 16), int(message, 16))
        return None

    def _made(self, says: str) -> str:
        mac = self._begun.copy()
        mac.update(says.encode("ascii"))
        return mac.digest()[:8].hex()


def load_marker(folder: Path) -> Marker:
    """The marker of this installation; its secret is made when first needed, and kept in `return.key` (0600).

    Several machines that serve one installation need a copy of that file.
    """
    place = folder / "return.key"
    octets = place.read_bytes() if place.exists() else keep(place, secrets.token_hex(32).encode("ascii"))
    return Marker(bytes.fromhex(octets.decode("ascii").strip()))
