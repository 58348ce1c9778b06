"""A template made ready for sending: everything that does not depend on the person is done once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from hourglass.channels import Attachment
from hourglass.kernel import Malformed
from hourglass.messages.content.blocks import Block
from hourglass.messages.content.brand import DEFAULT, Brand, words_of_brand
from hourglass.messages.content.expand import Sources, expand
from hourglass.messages.content.files import files_of
from hourglass.messages.content.liquid.meter import MeteredTemplate
from hourglass.messages.content.liquid.program import program
from hourglass.messages.content.liquid.sandbox import SENDING, Sandboxes, expected, parse
from hourglass.messages.content.locales import language
from hourglass.messages.content.markup import markup
from hourglass.messages.content.names import check_names
from hourglass.messages.content.parts import NO_PARTS, Parts
from hourglass.messages.content.plain import plain_text
from hourglass.messages.content.snippet import Form
from hourglass.messages.content.template import Content, Template, content, read
from hourglass.messages.content.utm import Tagging, Utm, tagging


class Compiled(Struct, frozen=True, kw_only=True):
    """One language of a template, ready. `needs` are the facts it speaks of, so that no others are loaded."""

    locale: str
    subject: MeteredTemplate
    preheader: MeteredTemplate
    html: MeteredTemplate | None
    text: MeteredTemplate
    needs: frozenset[str]
    brand: Mapping[str, Any] = {}
    fallbacks: Mapping[str, Any] = {}
    required: tuple[str, ...] = ()
    blocks: Mapping[str, Block] = {}
    tagging: Tagging | None = None
    attachments: tuple[Attachment, ...] = ()


def compile_template(
    template: Template, locale: str, parts: Parts = NO_PARTS, sandboxes: Sandboxes = SENDING
) -> Compiled:
    """The language asked for, or what comes nearest. Raises Malformed with the place."""
    chosen = content(template, locale, parts.locale)
    spoken = locale if language(locale) == language(chosen.locale) else chosen.locale
    brand = parts.brands.get(template.brand)
    if brand is None and template.brand != DEFAULT and parts.snippets is not None:
        raise Malformed(f"There is no brand “{template.brand}”.", path="brand")
    brand = brand or Brand()
    look = words_of_brand(brand, spoken, parts.shop, parts.locale)
    sources = Sources(locale=spoken, workspace_locale=parts.locale, brand=look, snippets=parts.snippets)
    one = _expanded(chosen, sources)
    page = markup(one)
    html = None if page is None else parse(sandboxes.html, page, _body_place(one))
    subject = parse(sandboxes.text, one.subject, f"{one.path}subject")
    preheader = parse(sandboxes.text, one.preheader, f"{one.path}preheader")
    text = parse(sandboxes.text, plain_text(page or "") if one.text is None else one.text, f"{one.path}text")
    for part in (subject, preheader, text, *([html] if html else [])):
        part.steps = program(part, _same_for_everybody(look, one.fallbacks))
    return Compiled(
        locale=one.locale,
        subject=subject,
        preheader=preheader,
        html=html,
        text=text,
        needs=_needs((subject, preheader, text, *([html] if html else [])), template),
        brand=look,
        fallbacks=one.fallbacks,
        required=template.required,
        blocks=template.blocks,
        tagging=_tagging(template, brand),
        attachments=files_of(template, page or "", parts.assets),
    )


def check(template: Template, parts: Parts = NO_PARTS) -> None:
    """Try out each language. Raises Malformed with the place of what cannot work."""
    for locale in dict.fromkeys((template.locale, *template.locales)):
        one = compile_template(template, locale, parts)
        body = content(template, locale)
        source = "\n".join(part for part in (body.mjml or body.html or body.text, body.text) if part)
        places = ((one.subject, "subject"), (one.preheader, "preheader"), (one.html, ""), (one.text, "text"))
        for part, place in places:
            if part is not None:
                where = f"{body.path}{place}" if place in ("subject", "preheader") else _body_place(body)
                check_names(expected(part), template.blocks, source, where)


def read_template(document: dict[str, Any]) -> Template:
    """Read a template and try out each of its languages by itself. Raises Malformed with the path."""
    template = read(document)
    check(template)
    return template


def _expanded(one: Content, sources: Sources) -> Content:
    def grown(text: str | None, form: Form, field: str) -> str | None:
        return None if text is None else expand(text, form, one.words, sources, f"{one.path}{field}")

    return replace(
        one,
        subject=grown(one.subject, "text", "subject"),
        preheader=grown(one.preheader, "text", "preheader"),
        mjml=grown(one.mjml, "mjml", "mjml"),
        html=grown(one.html, "html", "html"),
        text=grown(one.text, "text", "text"),
    )


def _same_for_everybody(look: Mapping[str, Any], fallbacks: Mapping[str, Any]) -> dict[str, Any]:
    """The brand, unless something may stand in for a part of it."""
    return {} if any(path.partition(".")[0] == "brand" for path in fallbacks) else {"brand": look}


def _needs(parts: tuple[MeteredTemplate, ...], template: Template) -> frozenset[str]:
    spoken = {path[0] for part in parts for path in expected(part) if path}
    stated = {path.partition(".")[0] for path in (*template.required, *template.fallbacks)}
    blocks = {word for block in template.blocks.values() for word in (block.source, *block.without, block.category)}
    return frozenset(spoken | stated | ({"cart", "order"} & {str(word) for word in blocks}))


def _tagging(template: Template, brand: Brand) -> Tagging | None:
    """The template's own word, else the brand's; without any, links to the brand's own site are tagged."""
    told = template.utm if template.utm is not None else brand.utm
    if told is False or (told is None and brand.url is None):
        return None
    return tagging(told or Utm(), template.key, brand.url)


def _body_place(one: Content) -> str:
    return f"{one.path}{'mjml' if one.mjml is not None else 'html' if one.html is not None else 'text'}"
