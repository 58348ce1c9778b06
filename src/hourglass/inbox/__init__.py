"""The development inbox: a mail server that keeps what the shop would have sent, for looking at it."""

from hourglass.inbox.server import run

__all__ = ["run"]
