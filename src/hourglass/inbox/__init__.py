"""The development inbox: a mail server that keeps what the shop would have sent, for looking at it."""

from hourglass.inbox.server import run
from hourglass.inbox.store import Mail, mails_after

__all__ = ["Mail", "mails_after", "run"]
