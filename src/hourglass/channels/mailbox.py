"""A mail address that is safe to hand on: no white space, no brackets, one @ with something on both sides."""

from __future__ import annotations

import re

_SAFE = re.compile(r"[^\s<>\"(),;:\\\x00-\x20\x7f@]+@[^\s<>\"(),;:\\\x00-\x20\x7f@]+")
_LONGEST = 254  # RFC 5321, 4.5.3.1.3


def is_mailbox(address: str) -> bool:
    """Whether a provider may be handed this; whether it exists is another question."""
    return len(address) <= _LONGEST and _SAFE.fullmatch(address) is not None
