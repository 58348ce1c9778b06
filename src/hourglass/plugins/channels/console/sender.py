"""Shows messages instead of sending them: every message is accepted and nobody hears of it."""

from __future__ import annotations

import re
import sys
from collections import deque
from collections.abc import Sequence
from typing import TextIO

from hourglass.channels import Outcome, Outgoing, Receipt, Sender, is_mailbox
from hourglass.plugins.channels.console.settings import ConsoleSettings

# A terminal obeys control characters; what a customer typed must not.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
_LINE = "─" * 60


class ConsoleSender:
    """Writes to standard output and keeps the last messages."""

    parallel = 1
    batch = 100

    def __init__(self, settings: ConsoleSettings, out: TextIO | None = None) -> None:
        self._body = settings.body
        self._out = out
        self.kept: deque[Outgoing] = deque(maxlen=settings.keep)

    async def send(self, messages: Sequence[Outgoing]) -> list[Receipt]:
        """Show them all."""
        return [self._show(message) for message in messages]

    async def close(self) -> None:
        """Nothing is open."""

    def _show(self, message: Outgoing) -> Receipt:
        if not is_mailbox(message.address):
            return Receipt(outcome=Outcome.REFUSED_PERMANENT, detail="This is no mail address.", invalid_address=True)
        lines = [_LINE, f"To: {message.address}", f"Subject: {message.subject.replace(chr(10), ' ')}"]
        if message.unsubscribe_url:
            lines.append(f"Unsubscribe: {message.unsubscribe_url}")
        if self._body:
            lines += ["", message.text]
        out = self._out or sys.stdout
        out.write("\n".join(_CONTROL.sub("�", line) for line in lines) + "\n")
        out.flush()
        self.kept.append(message)
        return Receipt(outcome=Outcome.ACCEPTED, provider_id=f"console-{message.workspace_id}-{message.id}")


def open_console(settings: ConsoleSettings) -> Sender:
    """The channel with these settings."""
    return ConsoleSender(settings)
