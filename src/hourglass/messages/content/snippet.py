"""A snippet: a piece of content that templates share by `{% render 'key' %}`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct, field

from hourglass.kernel import Malformed
from hourglass.messages.content.locales import variants

Form = Literal["mjml", "html", "text"]
USABLE: dict[Form, tuple[Form, ...]] = {"mjml": ("mjml", "html", "text"), "html": ("html", "text"), "text": ("text",)}
"""Which forms of a snippet may stand in a body of each form, the best first."""


class Wording(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One language of a snippet; what it leaves out is the snippet's own."""

    mjml: str | None = None
    html: str | None = None
    text: str | None = None
    words: dict[str, str] = field(default_factory=dict[str, str])


class Snippet(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The document. It may be written for several kinds of bodies; `words` are its texts by name and language."""

    kind: Literal["snippet"] = "snippet"
    key: Annotated[str, Meta(min_length=1)]
    name: str = ""
    description: str = ""
    state: str = "live"
    locale: str = "en"
    mjml: str | None = None
    html: str | None = None
    text: str | None = None
    words: dict[str, str] = field(default_factory=dict[str, str])
    locales: dict[str, Wording] = field(default_factory=dict[str, Wording])

    def source(self, body: Form, locale: str, workspace: str) -> str | None:
        """The piece for a body of that form, in the language asked for or what comes nearest; None without one."""
        for form in USABLE[body]:
            for one in (*self._told(locale, workspace), self):
                text: str | None = getattr(one, form)
                if text is not None:
                    return text
        return None

    def wording(self, locale: str, workspace: str) -> dict[str, str]:
        """Its words, each in the language asked for or what comes nearest."""
        told = [one.words for one in self._told(locale, workspace)]
        return {name: text for words in (self.words, *reversed(told)) for name, text in words.items()}

    def _told(self, locale: str, workspace: str) -> list[Wording]:
        return [self.locales[name] for name in variants(self.locale, self.locales, locale, workspace)]


def read_snippet(document: dict[str, Any]) -> Snippet:
    """A document to a snippet. Raises Malformed with the path."""
    try:
        snippet = msgspec.convert(document, Snippet)
    except msgspec.ValidationError as error:
        sentence, _, place = str(error).partition(" - at `$")
        raise Malformed(f"The snippet is wrong: {sentence}.", path=place.strip("`.") or None) from error
    if snippet.mjml is None and snippet.html is None and snippet.text is None:
        raise Malformed("The snippet is empty: write `mjml`, `html` or `text`.", path="mjml")
    return snippet
