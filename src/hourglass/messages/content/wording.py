"""Another wording of a template: its subject, its preheader or its sender replaced, the rest as it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct, field
from msgspec.structs import replace

from hourglass.kernel import Malformed
from hourglass.messages.content.compile import Compiled, compile_template
from hourglass.messages.content.locales import chain
from hourglass.messages.content.parts import NO_PARTS, Parts
from hourglass.messages.content.template import Template

Words = str | dict[str, str]
"""One text for all languages, or by language."""


class Wording(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What replaces parts of a template; `sender` is what a document calls `from`: name and address."""

    subject: Words | None = None
    preheader: Words | None = None
    sender: dict[str, str] | None = field(default=None, name="from")


def mark_of(wording: object) -> bytes:
    """What tells two wordings apart."""
    return msgspec.json.encode(wording, order="sorted")


def reword(template: Template, locale: str, parts: Parts = NO_PARTS, wording: object = None) -> Compiled:
    """The language asked for, or what comes nearest, in other words. Raises Malformed with the place."""
    if wording is None:
        return compile_template(template, locale, parts)
    compiled = compile_template(replaced(template, wording), locale, parts)
    sender = _read(wording).sender
    if sender is None:
        return compiled
    own: Mapping[str, Any] = compiled.brand.get("from") or {}
    return replace(compiled, brand={**compiled.brand, "from": {**own, **sender}})


def replaced(template: Template, wording: object) -> Template:
    """The template in other words; its sender is the brand's and stays. Raises Malformed."""
    told = _read(wording)
    texts = {"subject": told.subject, "preheader": told.preheader}
    for name, words in texts.items():
        if words is None:
            continue
        own = _words_in(words, template.locale)
        template = replace(
            template,
            **({} if own is None else {name: own}),
            locales={
                locale: variant if (text := _words_in(words, locale)) is None else replace(variant, **{name: text})
                for locale, variant in template.locales.items()
            },
        )
    return template


def _read(wording: object) -> Wording:
    try:
        return msgspec.convert(wording, Wording)
    except msgspec.ValidationError as error:
        raise Malformed(f"The wording is wrong: {error}.", path="wording") from error


def _words_in(words: Words, locale: str) -> str | None:
    if isinstance(words, str):
        return words
    return next((words[name] for name in chain(locale) if name in words), None)
