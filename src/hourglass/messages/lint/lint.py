"""All checks of a finished message, in the order in which people read it."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from hourglass.messages.lint.contrast import contrast
from hourglass.messages.lint.finding import LintFinding, Page
from hourglass.messages.lint.links import links
from hourglass.messages.lint.markup import Markup
from hourglass.messages.lint.pictures import pictures, programs
from hourglass.messages.lint.size import size
from hourglass.messages.lint.spam import SpamScore, spam_score, spammy
from hourglass.messages.lint.subject import subject
from hourglass.messages.lint.wording import wording

_OF_THE_PAGE = (subject, size, wording)
_OF_THE_MARKUP = (pictures, programs, contrast, links)


class Examined(Struct, frozen=True, kw_only=True):
    """What is hardly meant, and how much it looks like spam; nothing of it stops the message."""

    findings: list[LintFinding]
    spam: SpamScore


def examine(page: Page) -> Examined:
    """All checks, over one reading of the page."""
    markup = None if page.html is None else Markup(page.html)
    found = [finding for check in _OF_THE_PAGE for finding in check(page)]
    if markup is not None:
        found += [finding for check in _OF_THE_MARKUP for finding in check(page, markup)]
    spam = spam_score(page, markup)
    found += spammy(spam)
    return Examined(findings=[replace(finding, locale=page.locale) for finding in found], spam=spam)
