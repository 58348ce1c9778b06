"""What a channel plug-in offers once it is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from hourglass.channels.outgoing import Outgoing
from hourglass.channels.receipt import Receipt


class Sender(Protocol):
    """Hands messages to one provider."""

    @property
    def parallel(self) -> int:
        """How many calls of `send` may run at the same time."""
        ...

    @property
    def batch(self) -> int:
        """How many messages one call of `send` may carry."""
        ...

    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        """Hand over; one receipt for each message, in their order. Every failure is a receipt, none is raised."""
        ...

    async def close(self) -> None:
        """Say good-bye to the provider."""
        ...
