"""In which language the pages that people see speak: their own, else the shop's, else English."""

from __future__ import annotations

from hourglass.messages.content.locales import chain

LANGUAGES = {"en": "English", "ru": "Русский"}


def spoken(*wanted: str) -> str:
    """The first of these locales whose language the pages know."""
    return next((one for one in chain(*wanted) if one in LANGUAGES), "en")
