"""Mail addresses that are safe to hand on, and who a message is from."""

from __future__ import annotations

import re
from email.utils import parseaddr

from msgspec import Struct

from hourglass.channels.outgoing import Outgoing

_PART = r"[^\s<>\"(),;:\\\x00-\x20\x7f@]+"
_SAFE = re.compile(f"{_PART}@{_PART}")
_LONGEST = 254  # RFC 5321, 4.5.3.1.3
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_URL = re.compile(r"https?://[!-;=?-~]+")


class Origin(Struct, frozen=True, kw_only=True):
    """Who a message is from and where answers go."""

    name: str
    address: str
    reply_to: str | None = None

    @property
    def mailbox(self) -> str:
        """As it stands in a header: `"Name" <address>`."""
        quoted = self.name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}" <{self.address}>' if self.name else self.address


def is_mailbox(address: str) -> bool:
    """Whether a provider may be handed this; whether it exists is another question."""
    return len(address) <= _LONGEST and _SAFE.fullmatch(address) is not None


def read_sender(text: str) -> tuple[str, str]:
    """`Name <address>` to both. Raises ValueError, which a settings struct turns into its own sentence."""
    name, address = parseaddr(text)
    if not is_mailbox(address):
        raise ValueError("`sender` is a name and an address, such as Shop <shop@example.com>")
    return one_line(name), address


def origin(message: Outgoing, sender: str) -> Origin:
    """Who it is from: as the message says, else as the settings do. Addresses that are none are left out."""
    name, address = read_sender(sender)
    own = message.from_address is not None and is_mailbox(message.from_address)
    answers = message.reply_to if message.reply_to is not None and is_mailbox(message.reply_to) else None
    return Origin(
        name=one_line(message.from_name) if message.from_name else name,
        address=message.from_address if own and message.from_address else address,
        reply_to=answers,
    )


def one_line(text: str) -> str:
    """A text that stays one value of one header, whatever was typed into it."""
    return _CONTROL.sub(" ", text).strip()


def way_out(message: Outgoing) -> dict[str, str]:
    """The headers of a one-click way out (RFC 8058); none for a message that offers none, or whose address is none."""
    url = message.unsubscribe_url
    if url is None or not _URL.fullmatch(url):
        return {}
    return {"List-Unsubscribe": f"<{url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
