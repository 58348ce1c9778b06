"""What a look at a finished message found: nothing that stops it, and still hardly meant."""

from __future__ import annotations

from msgspec import Struct


class LintFinding(Struct, frozen=True, kw_only=True):
    """One thing to look at; `code` for machines, a sentence in two languages for people."""

    code: str
    en: str
    ru: str
    locale: str = ""
    """The language of the template it was found in."""

    def words(self, language: str) -> str:
        """In Russian, else in English."""
        return self.ru if language == "ru" else self.en


class Page(Struct, frozen=True, kw_only=True):
    """A finished message as it is looked at. `authored`: the body as its author wrote it, before the footer."""

    subject: str
    preheader: str
    html: str | None
    text: str
    authored: str = ""
    marketing: bool = True
    locale: str = "en"
