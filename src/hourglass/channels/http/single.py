"""A provider that takes one message a call: refuses what is no address, and calls for the rest."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence

from hourglass.channels.http.answer import Answer
from hourglass.channels.http.caller import Caller
from hourglass.channels.mailbox import is_mailbox
from hourglass.channels.outgoing import Outgoing
from hourglass.channels.receipt import Outcome, Receipt

NO_ADDRESS = Receipt(outcome=Outcome.REFUSED_PERMANENT, detail="This is no mail address.", invalid_address=True)


class SingleSender(ABC):
    """What the plug-ins have in common: `call` says how one message is handed over, `read` what an answer means."""

    batch = 1

    def __init__(self, *, timeout: float, connections: int) -> None:
        self.parallel = connections
        self._caller = Caller(timeout=timeout, connections=connections)

    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        """One receipt for each message, in their order."""
        return [await self._send(message) for message in messages]

    async def close(self) -> None:
        """Hang up."""
        await self._caller.close()

    @abstractmethod
    async def call(self, message: Outgoing) -> Answer | Receipt:
        """Hand one message over."""

    @abstractmethod
    def read(self, answer: Answer) -> Receipt:
        """What the provider said about it."""

    async def _send(self, message: Outgoing) -> Receipt:
        if not is_mailbox(message.address):
            return NO_ADDRESS
        answer = await self.call(message)
        return answer if isinstance(answer, Receipt) else self.read(answer)
