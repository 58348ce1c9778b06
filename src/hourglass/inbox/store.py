"""Mails of the development inbox in the database; only the newest are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.kernel import NotFound
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))
KEPT = 5_000


class Arrived(Struct, frozen=True, kw_only=True):
    """A mail as it came over the wire."""

    received_at: datetime
    sender: str
    recipient: str
    subject: str
    raw: bytes


class Mail(Arrived, frozen=True, kw_only=True):
    """A mail that is kept."""

    id: int


def store(tx: Transaction, mails: Sequence[Arrived]) -> None:
    """Keep mails, all at once."""
    _queries.execute(
        tx,
        "store",
        received_at=[mail.received_at for mail in mails],
        senders=[mail.sender for mail in mails],
        recipients=[mail.recipient for mail in mails],
        subjects=[mail.subject for mail in mails],
        raws=[mail.raw for mail in mails],
    )


def prune(tx: Transaction, keep: int = KEPT) -> int:
    """Throw away all but the newest; how many that were."""
    return _queries.execute(tx, "prune", keep=keep)


def page(tx: Transaction, before: int, limit: int) -> list[Mail]:
    """Mails, newest first."""
    return _queries.rows(tx, "page", Mail, before=before, limit=limit)


def mails_after(tx: Transaction, last: int, since: datetime, limit: int) -> list[Mail]:
    """Mails that came after that one and not before a moment, oldest first."""
    return _queries.rows(tx, "later", Mail, last=last, since=since, limit=limit)


def find(tx: Transaction, mail_id: int) -> Mail:
    """One mail, or NotFound."""
    mail = _queries.one(tx, "one", Mail, id=mail_id)
    if mail is None:
        raise NotFound("This mail is not in the inbox any more; only the newest are kept.")
    return mail


def clear(tx: Transaction) -> int:
    """Throw all mails away; how many there were."""
    return _queries.execute(tx, "clear")
