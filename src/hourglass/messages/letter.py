"""One message seen from outside: what its public pages (pixel, links, unsubscribe, view) need to know about it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.messages.claim import Claim
from hourglass.messages.facts import load
from hourglass.messages.library import Library
from hourglass.messages.news import About
from hourglass.messages.providers import address_kinds
from hourglass.messages.render import Unmade, render
from hourglass.messages.tokens import Signer, Token
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("letter.sql"))


class Letter(Struct, frozen=True, kw_only=True):
    """The message, its shop, and whether its person still takes such messages."""

    about: About
    shop: str
    locale: str
    subject: str | None


class _Row(Struct, frozen=True, kw_only=True):
    shop: str
    locale: str
    subject: str | None


def find_letter(tx: Transaction, token: Token) -> Letter | None:
    """The message a token names; None when it is gone."""
    place = {"workspace_id": token.workspace_id, "id": token.message_id}
    about, row = _queries.one(tx, "about", About, **place), _queries.one(tx, "letter", _Row, **place)
    if about is None or row is None:
        return None
    return Letter(about=about, shop=row.shop, locale=row.locale, subject=row.subject)


def view(tx: Transaction, token: Token, signer: Signer, base_url: str, now: datetime) -> str | None:
    """The message as a page, filled in with what is known today; None when it is gone or was text only."""
    claim = _queries.one(tx, "claimed", Claim, workspace_id=token.workspace_id, id=token.message_id)
    if claim is None:
        return None
    [one] = load(tx, [claim], Library(), address_kinds(), now)
    made = render(one, signer, base_url, now)
    return None if isinstance(made, Unmade) else made.html
