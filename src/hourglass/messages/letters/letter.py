"""One message seen from outside: what its public pages (pixel, links, unsubscribe, view) need to know about it."""

from __future__ import annotations

from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.messages.candidates.facts import load
from hourglass.messages.content.files import shown_inside
from hourglass.messages.content.library import Library
from hourglass.messages.delivery.providers import address_kinds
from hourglass.messages.letters.language import spoken
from hourglass.messages.letters.topic import read_topic
from hourglass.messages.outbox.claim import Claim
from hourglass.messages.outbox.news import About
from hourglass.messages.rendering.render import Unmade, render
from hourglass.messages.tracking.tokens import Signer, Token
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import EVERY_TOPIC, current

_queries = Queries(Path(__file__).with_name("letter.sql"))


class Letter(Struct, frozen=True, kw_only=True):
    """The message, its shop, what its topic is called, and whether its person has withdrawn from it."""

    about: About
    person: int | None
    """Whoever the addressee is now; None once erased."""
    shop: str
    language: str
    address: str | None
    topic: str
    withdrawn: bool


class _Row(Struct, frozen=True, kw_only=True):
    shop: str
    locale: str
    shop_locale: str
    address: str | None
    person: int | None
    topic: dict[str, Any] | None


def find_letter(tx: Transaction, token: Token) -> Letter | None:
    """The message a token names; None when it is gone."""
    place = {"workspace_id": token.workspace_id, "id": token.message_id}
    about, row = _queries.one(tx, "about", About, **place), _queries.one(tx, "letter", _Row, **place)
    if about is None or row is None:
        return None
    language = spoken(row.locale, row.shop_locale)
    return Letter(
        about=about,
        person=row.person,
        shop=row.shop,
        language=language,
        address=row.address,
        topic=_topic_name(row.topic, language) or about.topic,
        withdrawn=_withdrawn(tx, about, row.person),
    )


def view(tx: Transaction, token: Token, signer: Signer, base_url: str, now: datetime) -> str | None:
    """The message as a page, filled in with what is known today; None when it is gone."""
    claim = _queries.one(tx, "claimed", Claim, workspace_id=token.workspace_id, id=token.message_id)
    if claim is None:
        return None
    [one] = load(tx, [claim], Library(), address_kinds())
    made = render(one, signer, base_url, now)
    if isinstance(made, Unmade):
        return None
    return _text_page(made.text, made.locale) if made.html is None else shown_inside(made.html, made.attachments)


def _text_page(text: str, locale: str) -> str:
    """A message without a designed page, as it stood in the mail program."""
    style = "max-width:40em;margin:2em auto;padding:0 1em;font:16px/1.6 system-ui,sans-serif;white-space:pre-wrap"
    return (
        f'<!doctype html><html lang="{escape(locale)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="color-scheme" content="light dark"></head><body style="{style};overflow-wrap:anywhere">'
        f"{escape(text)}</body></html>"
    )


def _topic_name(document: dict[str, Any] | None, language: str) -> str | None:
    if document is None:
        return None
    return read_topic(document).called(language)


def _withdrawn(tx: Transaction, about: About, person: int | None) -> bool:
    """The last word on the topic, or on all topics of the channel, was no."""
    if person is None:
        return False
    said = [
        one
        for one in current(tx, WorkspaceId(about.workspace_id), [person])
        if one.channel == about.channel and one.topic in (about.topic, EVERY_TOPIC)
    ]
    last = max(said, key=lambda one: (one.at, one.topic), default=None)
    return last is not None and not last.granted
