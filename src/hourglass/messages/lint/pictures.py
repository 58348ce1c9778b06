"""Pictures: what is read where they are not shown, and whether there is anything beside them."""

from __future__ import annotations

from collections.abc import Iterator

from hourglass.messages.lint.finding import LintFinding, Page
from hourglass.messages.lint.markup import Markup

_WORDS = 60  # letters; a mail with fewer says nothing without its pictures


def pictures(_page: Page, markup: Markup) -> Iterator[LintFinding]:
    """About alternative texts, and mails that are pictures only."""
    mute = [one.get("src") or "" for one in markup.pictures if one.get("alt") is None]
    if mute:
        yield LintFinding(
            code="alt_missing",
            en=f"{len(mute)} pictures have no alternative text, the first: {mute[0][:80]}",
            ru=f"У {len(mute)} картинок нет альтернативного текста, первая: {mute[0][:80]}",
        )
    said = sum(len(text) for text, _ in markup.texts)
    if markup.pictures and said < _WORDS:
        yield LintFinding(
            code="images_only",
            en="The mail says hardly anything without its pictures; many programs do not show them at first.",
            ru="Без картинок письмо почти ничего не говорит, а многие программы показывают их не сразу.",
        )


def programs(_page: Page, markup: Markup) -> Iterator[LintFinding]:
    """About what mail programs take out."""
    odd = sorted(markup.tags & {"script", "form", "iframe", "video", "audio", "object", "embed", "input"})
    if odd:
        yield LintFinding(
            code="not_for_mail",
            en=f"Mail programs take out: {', '.join(odd)}.",
            ru=f"Почтовые программы вырезают: {', '.join(odd)}.",
        )
