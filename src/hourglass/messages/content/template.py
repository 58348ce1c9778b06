"""A template as its author wrote it: subject, markup with Liquid in it, and what differs in other languages."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from hourglass.kernel import Malformed
from hourglass.messages.content.blocks import Block, check_block
from hourglass.messages.content.brand import DEFAULT
from hourglass.messages.content.locales import variants
from hourglass.messages.content.utm import Utm

Key = Annotated[str, Meta(min_length=1)]
_PATH = re.compile(r"[A-Za-z_][\w-]*(\.[\w-]+)+")
_FILES = 10


class Variant(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language of a template; what it leaves out is taken from the template itself."""

    subject: str | None = None
    preheader: str | None = None
    mjml: str | None = None
    html: str | None = None
    text: str | None = None
    words: dict[str, str] = field(default_factory=dict[str, str])
    fallbacks: dict[str, str | int | float | bool] = field(default_factory=dict[str, str | int | float | bool])


class File(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A stored asset that goes along; `name` is what people see."""

    asset: Key
    name: str | None = None


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
    words: dict[str, str] = field(default_factory=dict[str, str])
    """Texts by name, used as `{{ words.name }}`: one layout, many languages."""
    locales: dict[str, Variant] = field(default_factory=dict[str, Variant])
    brand: str = DEFAULT
    purpose: Literal["marketing", "transactional", "any"] = "any"
    """What it is written for; checks of the way out follow it. Whether consent is asked is the journey's word."""
    fallbacks: dict[str, str | int | float | bool] = field(default_factory=dict[str, str | int | float | bool])
    """What stands in where a value is missing: `{"profile.firstName": "there"}`."""
    required: tuple[str, ...] = ()
    """Values without which the message is not sent at all."""
    blocks: dict[str, Block] = field(default_factory=dict[str, Block])
    utm: Utm | Literal[False] | None = None
    attachments: tuple[File, ...] = ()


class Content(Struct, frozen=True, kw_only=True):
    """One language of a template, complete. `path` is where its body stands in the document."""

    locale: str
    subject: str
    preheader: str
    mjml: str | None
    html: str | None
    text: str | None
    words: dict[str, str]
    fallbacks: dict[str, str | int | float | bool]
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
    for name, block in template.blocks.items():
        check_block(name, block)
    for path in template.fallbacks:
        _check_path(path, "fallbacks")
    for place, path in enumerate(template.required):
        _check_path(path, f"required[{place}]")
    if len(template.attachments) > _FILES:
        raise Malformed(f"A message carries {_FILES} files at most.", path="attachments")
    return template


def content(template: Template, wanted: str, workspace: str = "") -> Content:
    """The language asked for, else the same language elsewhere, else the workspace's, else the template's own."""
    names = variants(template.locale, template.locales, wanted, workspace)
    told = [template.locales[name] for name in names]
    body = next((one for one in told if one.mjml is not None or one.html is not None), None)
    place = next((name for name, one in zip(names, told, strict=True) if one is body), names[0] if names else None)
    text = next((one.text for one in told if one.text is not None), None)
    return Content(
        locale=names[0] if names else template.locale,
        subject=next((one.subject for one in told if one.subject is not None), template.subject),
        preheader=next((one.preheader for one in told if one.preheader is not None), template.preheader),
        mjml=(body or template).mjml,
        html=(body or template).html,
        text=text if body is not None or text is not None else template.text,
        words=_merged([template.words, *(one.words for one in reversed(told))]),
        fallbacks=_merged([template.fallbacks, *(one.fallbacks for one in reversed(told))]),
        path=f"locales.{place}." if place else "",
    )


def _merged(parts: list[Any]) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.items()}


def _check_body(body: Content) -> None:
    if body.mjml is not None and body.html is not None:
        raise Malformed("A body is written in `mjml` or in `html`, not in both.", path=f"{body.path}mjml")
    if not (body.mjml or body.html or body.text):
        raise Malformed("The template has no body: write `mjml`, `html` or `text`.", path=f"{body.path}mjml")
    if not body.subject.strip():
        raise Malformed("The subject is empty.", path=f"{body.path}subject")


def _check_path(path: str, place: str) -> None:
    if not _PATH.fullmatch(path):
        raise Malformed(f"A value is named like profile.firstName, not “{path}”.", path=place)
