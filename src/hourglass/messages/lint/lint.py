"""All checks of a finished message, in the order in which people read it."""

from __future__ import annotations

from msgspec.structs import replace

from hourglass.messages.lint.contrast import contrast
from hourglass.messages.lint.finding import Finding, Page
from hourglass.messages.lint.links import links
from hourglass.messages.lint.markup import Markup
from hourglass.messages.lint.pictures import pictures, programs
from hourglass.messages.lint.size import size
from hourglass.messages.lint.subject import subject
from hourglass.messages.lint.wording import wording

_OF_THE_PAGE = (subject, size, wording)
_OF_THE_MARKUP = (pictures, programs, contrast, links)


def lint(page: Page) -> list[Finding]:
    """What is hardly meant; nothing of it stops the message."""
    found = [finding for check in _OF_THE_PAGE for finding in check(page)]
    if page.html is not None:
        markup = Markup(page.html)
        found += [finding for check in _OF_THE_MARKUP for finding in check(page, markup)]
    return [replace(finding, locale=page.locale) for finding in found]
