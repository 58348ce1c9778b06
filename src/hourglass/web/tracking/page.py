"""One card on a quiet background: how every public page looks, phone first, in light and dark."""

from __future__ import annotations

from html import escape
from pathlib import Path

from litestar import Response
from msgspec import Struct

from hourglass.web.tracking.words import Locale

_STYLE = Path(__file__).with_name("page.css").read_text("utf-8")
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Cache-Control": "no-store",
}


class Choice(Struct, frozen=True, kw_only=True):
    """A button: what it says and what it sends."""

    words: str
    sends: str
    quiet: bool = False


class Card(Struct, frozen=True, kw_only=True):
    """What a page says."""

    locale: Locale
    shop: str
    title: str
    text: str
    soft: str = ""
    choices: tuple[Choice, ...] = ()


def respond(card: Card, status: int = 200) -> Response[str]:
    """The card as a page. Everything in it is escaped here."""
    shop = f'<p class="shop">{escape(card.shop)}</p>' if card.shop else ""
    soft = f'<p class="soft">{escape(card.soft)}</p>' if card.soft else ""
    page = (
        f'<!doctype html><html lang="{card.locale}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{escape(card.title)}</title><style>{_STYLE}</style></head><body><main>{shop}"
        f"<h1>{escape(card.title)}</h1><p>{escape(card.text)}</p>{soft}{_form(card.choices)}</main></body></html>"
    )
    return Response(page, status_code=status, media_type="text/html; charset=utf-8", headers=_HEADERS)


def _form(choices: tuple[Choice, ...]) -> str:
    if not choices:
        return ""
    buttons = [
        f'<button name="do" value="{escape(one.sends)}" class="{_class(one)}">{escape(one.words)}</button>'
        for one in choices
    ]
    return f'<form method="post">{"".join(buttons)}</form>'


def _class(choice: Choice) -> str:
    return "quiet" if choice.quiet else "loud"
