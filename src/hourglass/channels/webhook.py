"""Webhooks of providers: what comes in, and what a plug-in makes of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from hourglass.channels.feedback import Feedback

Fetch = Callable[[str], Awaitable[bytes]]
"""Reads an https address; the plug-in has looked at the host before. Raises Unavailable."""


class Call(Struct, frozen=True, kw_only=True):
    """One call of a provider, untouched. Headers by lower-case name; `now` is the machine's clock."""

    headers: Mapping[str, str]
    body: bytes
    now: datetime


class Heard(Struct, frozen=True, kw_only=True):
    """What a call brought. `once`: a token that may come with this body only; with another one it is a forgery."""

    feedback: Sequence[Feedback] = ()
    once: str = ""


class Listener(Protocol):
    """Reads the webhooks of one provider."""

    async def read(self, call: Call) -> Heard:
        """What it says. Raises Unauthorised when it is not from the provider, Malformed when it cannot be read."""
        ...
