"""A template made ready for sending: everything that does not depend on the person is done once."""

from __future__ import annotations

from typing import Any

from liquid import BoundTemplate
from msgspec import Struct

from hourglass.definitions import Kind
from hourglass.messages.content.markup import markup
from hourglass.messages.content.plain import plain_text
from hourglass.messages.content.sandbox import parse_html, parse_text, roots
from hourglass.messages.content.template import Content, Template, content, read

KNOWN = frozenset(
    {
        "profile",
        "event",
        "cart",
        "order",
        "shop",
        "unsubscribe_url",
        "view_url",
        "now",
        "locale",
        "currency",
        "marketing",
    }
)
"""What a template may speak of."""


class Compiled(Struct, frozen=True, kw_only=True):
    """One language of a template, ready. `needs` are the facts it speaks of, so that no others are loaded."""

    locale: str
    subject: BoundTemplate
    html: BoundTemplate | None
    text: BoundTemplate
    needs: frozenset[str]


def compile_template(template: Template, locale: str) -> Compiled:
    """The language asked for, or what comes nearest. Raises Malformed with the place."""
    return _compile(content(template, locale))


def read_template(document: dict[str, Any]) -> Template:
    """Read a template and try out each of its languages. Raises Malformed with the path."""
    template = read(document)
    _every_language(template)
    return template


TEMPLATE = Kind(name="template", read=read_template)


def warnings(template: Template) -> list[str]:
    """What does not stop the template from working, and is still hardly meant."""
    return [
        f"{one.locale}: nothing here is called “{stranger}”, it will stay empty."
        for one in _every_language(template)
        for stranger in sorted(one.needs - KNOWN)
    ]


def _every_language(template: Template) -> list[Compiled]:
    return [compile_template(template, locale) for locale in (template.locale, *template.locales)]


def _compile(one: Content) -> Compiled:
    page = markup(one)
    html = None if page is None else parse_html(page, f"{one.path}{'html' if one.mjml is None else 'mjml'}")
    subject = parse_text(one.subject, f"{one.path}subject")
    text = parse_text(plain_text(page or "") if one.text is None else one.text, f"{one.path}text")
    parts = (subject, text) if html is None else (subject, text, html)
    needs = frozenset[str]().union(*map(roots, parts))
    return Compiled(locale=one.locale, subject=subject, html=html, text=text, needs=needs)
