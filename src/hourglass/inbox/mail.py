"""A mail taken apart for looking at it."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from html import unescape

from msgspec import Struct

from hourglass.inbox.store import Mail

_HIDDEN = re.compile(r"""<a\s[^>]*aria-hidden="true"[^>]*></a>""")  # the link that tells machines from people
_LINK = re.compile(r"""<a\b[^>]*?\bhref\s*=\s*["'](https?://[^"']+)["']""", re.IGNORECASE)
_TAGS = re.compile(r"<(style|script|title)\b.*?</\1>|<!--.*?-->|<[^>]+>", re.DOTALL | re.IGNORECASE)
_PREHEADER = re.compile(
    r"""<(div|span|p)\b[^>]*\bstyle\s*=\s*["'][^"']*display:\s*none[^>]*>(.*?)</\1>""", re.DOTALL | re.IGNORECASE
)
_PREVIEW = 140


class MailLine(Struct, frozen=True, kw_only=True):
    """A mail in the list."""

    id: int
    received_at: str
    sender: str
    recipient: str
    subject: str
    preview: str


class MailPage(Struct, frozen=True, kw_only=True):
    """Some mails, newest first, and where the older ones begin."""

    mails: list[MailLine]
    next: str | None


class OpenedMail(Struct, frozen=True, kw_only=True):
    """One mail with everything in it."""

    id: int
    received_at: str
    sender: str
    recipient: str
    subject: str
    html: str | None
    text: str | None
    headers: list[tuple[str, str]]
    links: list[str]


def line(mail: Mail) -> MailLine:
    """As it stands in the list."""
    parsed = _parsed(mail)
    return MailLine(
        id=mail.id,
        received_at=mail.received_at.isoformat(),
        sender=str(parsed.get("From") or mail.sender),
        recipient=mail.recipient,
        subject=mail.subject,
        preview=_preview(parsed),
    )


def opened(mail: Mail) -> OpenedMail:
    """With its parts, headers and links."""
    parsed = _parsed(mail)
    html = _body(parsed, "html")
    return OpenedMail(
        id=mail.id,
        received_at=mail.received_at.isoformat(),
        sender=str(parsed.get("From") or mail.sender),
        recipient=mail.recipient,
        subject=mail.subject,
        html=html,
        text=_body(parsed, "plain"),
        headers=[(name, str(value)) for name, value in parsed.items()],
        links=list(dict.fromkeys(found.replace("&amp;", "&") for found in _LINK.findall(_HIDDEN.sub("", html or "")))),
    )


def html_of(mail: Mail) -> str | None:
    """The HTML part."""
    return _body(_parsed(mail), "html")


def subject_of(raw: bytes) -> str:
    """The subject, readable; reads no further than the headers."""
    head = raw.partition(b"\r\n\r\n")[0]
    return str(email.message_from_bytes(head, policy=default).get("Subject") or "").replace("\0", "")


def _preview(parsed: EmailMessage) -> str:
    """As mail programs show it: the words hidden at the top, where the sender wrote some; else how the text begins."""
    html = _body(parsed, "html") or ""
    hidden = _PREHEADER.search(html)
    shown = unescape(_TAGS.sub(" ", hidden[2])) if hidden else _body(parsed, "plain") or unescape(_TAGS.sub(" ", html))
    return " ".join(shown.split())[:_PREVIEW]


def _parsed(mail: Mail) -> EmailMessage:
    return email.message_from_bytes(mail.raw, policy=default)


def _body(parsed: EmailMessage, subtype: str) -> str | None:
    """A part as text; what claims a charset nobody knows is read as UTF-8."""
    part = parsed.get_body((subtype,))
    if part is None:
        return None
    try:
        return str(part.get_content())
    except LookupError:
        octets = part.get_payload(decode=True)
        return octets.decode("utf-8", "replace") if isinstance(octets, bytes) else None
