"""Links in plain text: an address ends where a sentence goes on."""

from __future__ import annotations

import re
from collections.abc import Callable

_LINK = re.compile(r"""https?://[^\s<>"'`{}|\\^]+""", re.IGNORECASE)
_AFTER = ".,;:!?…»”’*_"


def relinked(text: str, lead: Callable[[str], str]) -> str:
    """The text with each of its links as `lead` says; everything between stays as it is."""

    def put(found: re.Match[str]) -> str:
        link = ended(found[0])
        return lead(link) + found[0][len(link) :]

    return _LINK.sub(put, text)


def ended(link: str) -> str:
    """Without what belongs to the sentence: a full stop, a bracket that was opened before it."""
    while link:
        last = link[-1]
        if last in _AFTER or (last == ")" and link.count("(") < link.count(")")) or (last == "]" and "[" not in link):
            link = link[:-1]
        else:
            break
    return link
