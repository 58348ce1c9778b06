"""A message ready to leave: everything about it is decided, a channel only has to carry it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


class Attachment(Struct, frozen=True, kw_only=True):
    """A file that goes along; one with a `content_id` is shown inside the page, as `cid:` names it there."""

    name: str
    """File name as people see it; any letters, no path."""
    media_type: str
    """Such as application/pdf; checked, so it is safe in a header."""
    content: bytes
    content_id: str | None = None
    """Letters, digits, dot, dash, underscore and one @; without angle brackets."""


class Outgoing(Struct, frozen=True, kw_only=True):
    """One message to one person. Texts may hold anything a customer typed; a channel must carry them safely."""

    id: int
    """Row of the message; also what providers are given as idempotency key, the same at each attempt."""
    workspace_id: int
    address: str
    subject: str
    text: str
    html: str | None = None
    locale: str = "en"
    unsubscribe_url: str | None = None
    """Where one POST ends these messages; None when the law asks for no way out (transactional)."""
    at: datetime
    """When it is sent, aware."""
    from_name: str | None = None
    """Who it is from, as the brand says; None for what the channel's settings say. So with the next two."""
    from_address: str | None = None
    reply_to: str | None = None
    attachments: tuple[Attachment, ...] = ()
    campaign: str | None = None
    """What it belongs to (the key of a campaign or journey), for feedback loops; None when nobody knows."""
    topic: str | None = None
    """What it is about, in the words of its consent."""
    marketing: bool = False
    """News and offers, not the letter about an order that somebody waits for."""
