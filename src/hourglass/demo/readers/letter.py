"""A mail as its reader sees it: what loads by itself, what can be clicked, and the way out."""

from __future__ import annotations

import email
import re
from email.message import Message
from html import unescape
from typing import Any

from msgspec import Struct

from hourglass.inbox import Mail

_LINK = re.compile(r'<a\s[^>]*?href="([^"]*/t/c/[^"]+)"([^>]*)>')
_PIXEL = re.compile(r'<img src="([^"]*/t/o/[^"]+)"')
_WAY_OUT = re.compile(r"<(https?://[^>]+)>")
_HIDDEN = "aria-hidden"


class Letter(Struct, frozen=True, kw_only=True):
    """`trap`: the link that no person sees. `way_out`: for one click, of letters that may be declined."""

    recipient: str
    return_path: str
    subject: str
    pixel: str | None
    links: tuple[str, ...]
    trap: str | None
    way_out: str | None

    @property
    def marketing(self) -> bool:
        """Whether it can be unsubscribed from."""
        return self.way_out is not None


def read_letter(mail: Mail) -> Letter:
    """Take a mail of the development inbox apart."""
    parsed = email.message_from_bytes(mail.raw)
    html = _html(parsed)
    links = _LINK.findall(html)
    pixel, out = _PIXEL.search(html), _WAY_OUT.search(" ".join(str(parsed.get("List-Unsubscribe", "")).split()))
    return Letter(
        recipient=mail.recipient,
        return_path=mail.sender,
        subject=mail.subject,
        pixel=unescape(pixel[1]) if pixel else None,
        links=tuple(dict.fromkeys(unescape(url) for url, more in links if _HIDDEN not in more)),
        trap=next((unescape(url) for url, more in links if _HIDDEN in more), None),
        way_out=out[1] if out else None,
    )


def _html(parsed: Message[Any, Any]) -> str:
    for part in parsed.walk():
        if part.get_content_type() == "text/html":
            octets = part.get_payload(decode=True)
            return octets.decode("utf-8", "replace") if isinstance(octets, bytes) else ""
    return ""
