"""What may be set for the console."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct


class ConsoleSettings(Struct, frozen=True, kw_only=True):
    """Settings of the channel; the struct is also its form."""

    body: bool = True
    """Whether the plain text is shown, or only who gets what."""
    keep: Annotated[int, Meta(ge=0, le=10_000)] = 100
    """How many of the last messages are kept for tests that run in the same process."""
