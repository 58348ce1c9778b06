"""Secrets that are shown once: only their SHA-256 is kept, so a copy of the database opens no door."""

from __future__ import annotations

import secrets
from hashlib import sha256


def new_token(prefix: str) -> str:
    """A fresh secret of 192 random bits; the prefix says what it is for."""
    return f"{prefix}{secrets.token_urlsafe(24)}"


def token_hash(token: str) -> bytes:
    """What is kept of it."""
    return sha256(token.encode()).digest()
