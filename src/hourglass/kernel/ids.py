"""Identifiers: typed integers for rows, and digests for things that must be the same each time they are made."""

from __future__ import annotations

from hashlib import blake2b
from typing import NewType
from uuid import UUID

WorkspaceId = NewType("WorkspaceId", int)
ProfileId = NewType("ProfileId", int)
IdentityId = NewType("IdentityId", int)
RunId = NewType("RunId", int)
MessageRowId = NewType("MessageRowId", int)


def digest(*parts: str) -> UUID:
    """A 128-bit id made from content: the same parts give the same id on every machine (BLAKE2b)."""
    return UUID(bytes=blake2b("\x1f".join(parts).encode(), digest_size=16).digest())


def fingerprint(text: str) -> str:
    """The digest of one text as 32 hexadecimal digits: for ids made by the thousand, which nobody asks for more."""
    return blake2b(text.encode(), digest_size=16).hexdigest()
