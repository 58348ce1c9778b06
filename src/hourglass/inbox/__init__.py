"""The development inbox: a mail server that keeps what the shop would have sent, for looking at it.

The names are looked up when first used: who shows the mails needs no mail server.
"""

from typing import TYPE_CHECKING, Any

from hourglass.kernel import look_up

if TYPE_CHECKING:
    from hourglass.inbox.server import run
    from hourglass.inbox.store import Mail, mails_after

__all__ = ["Mail", "mails_after", "run"]

_ROOMS = {"server": ("run",), "store": ("Mail", "mails_after")}


def __getattr__(name: str) -> Any:
    return look_up(__name__, _ROOMS, name)
