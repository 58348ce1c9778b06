"""A message ready to leave: everything about it is decided, a channel only has to carry it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct


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
