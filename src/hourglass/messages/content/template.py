"""A template as its author wrote it: subject, markup with Liquid in it, and what differs in other languages."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from hourglass.kernel import Malformed

Key = Annotated[str, Meta(min_length=1)]


class Variant(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language of a template; what it leaves out is taken from the template itself."""

    subject: str | None = None
    preheader: str | None = None
    mjml: str | None = None
    html: str | None = None
    text: str | None = None


class Template(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The document. `mjml` or `html` holds the body, or `text` alone; `text` is made from the body when left out."""

    kind: Literal["template"] = "template"
    key: Key
    name: str = ""
    description: str = ""
    state: str = "live"
    channel: str = "email"
    locale: str = "en"
    """The language of the template itself."""
    subject: str
    preheader: str = ""
    mjml: str | None = None
    html: str | None = None
    text: str | None = None
    locales: dict[str, Variant] = field(default_factory=dict[str, Variant])


class Content(Struct, frozen=True, kw_only=True):
    """One language of a template, complete. `path` is where its body stands in the document."""

    locale: str
    subject: str
    preheader: str
    mjml: str | None
    html: str | None
    text: str | None
    path: str


def read(document: dict[str, Any]) -> Template:
    """A document to a template. Raises Malformed with the path of what is wrong."""
    try:
        template = msgspec.convert(document, Template)
    except msgspec.ValidationError as error:
        sentence, _, place = str(error).partition(" - at `$")
        raise Malformed(f"The template is wrong: {sentence}.", path=place.strip("`.") or None) from error
    for locale in (template.locale, *template.locales):
        _check_body(content(template, locale))
    return template


def content(template: Template, wanted: str) -> Content:
    """The language asked for, else the same language of another country, else the template's own."""
    locale = next((name for name in (wanted, wanted.partition("-")[0]) if name in template.locales), None)
    variant = Variant() if locale is None else template.locales[locale]
    own_body = variant.mjml is not None or variant.html is not None
    return Content(
        locale=locale or template.locale,
        subject=template.subject if variant.subject is None else variant.subject,
        preheader=template.preheader if variant.preheader is None else variant.preheader,
        mjml=variant.mjml if own_body else template.mjml,
        html=variant.html if own_body else template.html,
        text=variant.text if own_body or variant.text is not None else template.text,
        path=f"locales.{locale}." if locale else "",
    )


def _check_body(body: Content) -> None:
    if body.mjml is not None and body.html is not None:
        raise Malformed("A body is written in `mjml` or in `html`, not in both.", path=f"{body.path}mjml")
    if not (body.mjml or body.html or body.text):
        raise Malformed("The template has no body: write `mjml`, `html` or `text`.", path=f"{body.path}mjml")
    if not body.subject.strip():
        raise Malformed("The subject is empty.", path=f"{body.path}subject")
