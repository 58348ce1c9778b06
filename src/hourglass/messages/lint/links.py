"""Links: that each leads somewhere for everybody who gets the mail, and that there is a way out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hourglass.messages.lint.finding import LintFinding, Page
from hourglass.messages.lint.markup import Markup

_WHOLE = re.compile(r"(?:https?://[^/\s]+|mailto:.+|tel:.+|sms:.+)", re.IGNORECASE)
_NOWHERE = re.compile(
    r"https?://(?:localhost|127\.|0\.0\.0\.0|10\.|192\.168\.|(?:[\w-]+\.)*example\.(?:com|org|net)\b|[^/]*\.(?:test|local|invalid)\b)",
    re.IGNORECASE,
)
_OURS = re.compile(r"https?://[^/\s]+/[upvc]/[\w-]{34}$")
"""The ways out that are made for each message: to unsubscribe, preferences, the page in the browser, confirming."""


def is_way_out(address: str) -> bool:
    """Whether it is a page of one message, wherever this server is."""
    return _OURS.match(address) is not None


def links(page: Page, markup: Markup) -> Iterator[LintFinding]:
    """About where links lead."""
    for href, words in dict.fromkeys(markup.links):
        target = (href or "").strip()
        name = words[:40] or target[:60] or "?"
        if target in ("", "#"):
            yield LintFinding(
                code="link_empty", en=f"The link “{name}” leads nowhere.", ru=f"Ссылка «{name}» никуда не ведёт."
            )
        elif not _WHOLE.match(target):
            yield LintFinding(
                code="link_relative",
                en=f"The link “{name}” is no whole address: {target[:80]}",
                ru=f"Ссылка «{name}» — не полный адрес: {target[:80]}",
            )
        elif is_way_out(target):
            continue  # `hourglass doctor` says where customers reach this server
        elif _NOWHERE.match(target):
            yield LintFinding(
                code="link_placeholder",
                en=f"The link “{name}” leads to a placeholder: {target[:80]}",
                ru=f"Ссылка «{name}» ведёт на адрес-заглушку: {target[:80]}",
            )
    if page.marketing and page.html is not None and "unsubscribe_url" not in page.authored:
        yield LintFinding(
            code="unsubscribe_missing",
            en="There is no way to unsubscribe in the body; one is added at the end.",
            ru="В письме нет ссылки для отписки; она будет добавлена в конце.",
        )
