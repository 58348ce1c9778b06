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
    """What a page says. `link`: words and address of another page."""

    locale: Locale
    shop: str
    title: str
    text: str
    soft: str = ""
    choices: tuple[Choice, ...] = ()
    link: tuple[str, str] | None = None


def respond(card: Card, status: int = 200) -> Response[str]:
    """The card as a page. Everything in it is escaped here."""
    soft = f'<p class="soft">{escape(card.soft)}</p>' if card.soft else ""
    inside = f"<p>{escape(card.text)}</p>{soft}{_form(card.choices)}{_link(card.link)}"
    return page(card.locale, card.shop, card.title, inside, status)


def page(locale: Locale, shop: str, title: str, inside: str, status: int = 200) -> Response[str]:
    """A page; `inside` is HTML already."""
    head = f'<p class="shop">{escape(shop)}</p>' if shop else ""
    whole = f"{escape(title)} · {escape(shop)}" if shop else escape(title)
    text = (
        f'<!doctype html><html lang="{locale}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        '<meta name="color-scheme" content="light dark">'
        f"<title>{whole}</title><style>{_STYLE}</style></head><body><main>{head}"
        f"<h1>{escape(title)}</h1>{inside}</main></body></html>"
    )
    return Response(text, status_code=status, media_type="text/html", headers=_HEADERS)


def button(choice: Choice) -> str:
    """One button of a form."""
    kind = "quiet" if choice.quiet else "loud"
    return f'<button name="do" value="{escape(choice.sends)}" class="{kind}">{escape(choice.words)}</button>'


def masked(address: str) -> str:
    """Enough for its owner to know it: mails are forwarded, and the page with them."""
    local, at, domain = address.rpartition("@")
    return f"{local[:2]}•••{at}{domain}" if at else f"•••{address[-4:]}"


def _link(link: tuple[str, str] | None) -> str:
    return "" if link is None else f'<p class="way"><a href="{escape(link[1])}">{escape(link[0])}</a></p>'


def _form(choices: tuple[Choice, ...]) -> str:
    return f'<form method="post">{"".join(map(button, choices))}</form>' if choices else ""
