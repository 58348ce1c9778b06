"""What a refusal of a mail means: the table that turns a server's status (RFC 3463) and words into our few sorts.

docs/channels/email.md shows the same table to people; a test compares the two.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from msgspec import Struct


class Sort(Enum):
    """What kind of bounce it is."""

    NO_MAILBOX = "no_mailbox"
    """Hard: there is no such mailbox or domain, or it is closed for good."""
    FULL = "full"
    """The mailbox is full; people empty it."""
    LATER = "later"
    """Soft: the other side had trouble or took too long; the address is fine as far as anybody knows."""
    POLICY = "policy"
    """They do not want mail from us: authentication, reputation, a block list. It is about us and not the person."""
    CONTENT = "content"
    """They do not want this mail: its size or what is in it."""
    CHALLENGE = "challenge"
    """A machine asks us to prove that we are people."""
    DELAYED = "delayed"
    """Not refused: they go on trying."""
    AUTO_REPLY = "auto_reply"
    """Somebody is on holiday."""
    UNCLEAR = "unclear"
    """A bounce that says nothing we understand."""


class Rule(Struct, frozen=True, kw_only=True):
    """A line of the table; the first that fits counts. `status` is matched whole, `words` anywhere."""

    sort: Sort
    status: str = ".*"
    words: str = ""


_VAGUE = r"5\.\d+\.\d+|"  # whatever the status says, or none at all
_UNWELCOME = r"spam|block ?list|black ?list|reputation|dmarc|\bspf\b|\bdkim\b|unsolicited|not authenticated"
_NOBODY = (
    r"user unknown|unknown user|no such (?:user|mailbox|recipient|address)|does(?: not|n.t) exist"
    r"|invalid (?:recipient|mailbox)|(?:account|mailbox|user|address) (?:is |has been )?"
    r"(?:disabled|closed|inactive|unavailable|not found|unknown)|нет такого|не существует|не найден"
)
_QUOTA = r"mailbox (?:is )?full|over ?quota|quota exceeded|exceeded (?:its|the|storage) |out of storage"

TABLE: tuple[Rule, ...] = (
    # Words first, where servers are known to use a status for something else: to suppress too few harms nobody.
    Rule(sort=Sort.FULL, words=_QUOTA),
    Rule(sort=Sort.CHALLENGE, words=r"challenge[- ]response|confirm (?:that )?you(?:r message| are)|boxbe|spamarrest"),
    Rule(sort=Sort.POLICY, status=_VAGUE, words=_UNWELCOME),
    Rule(sort=Sort.NO_MAILBOX, status=r"5\.(?:1\.[1-46]|1\.10|2\.1)"),
    Rule(sort=Sort.FULL, status=r"[45]\.2\.2"),
    Rule(sort=Sort.POLICY, status=r"[45]\.7\.\d+"),
    Rule(sort=Sort.NO_MAILBOX, status=r"5\.4\.(?:1|310)", words=r"recipient address rejected|not exist|dns domain"),
    Rule(sort=Sort.NO_MAILBOX, status=r"5\.4\.4"),
    Rule(sort=Sort.CONTENT, status=r"5\.(?:2\.3|3\.4|6\.\d+)"),
    Rule(sort=Sort.NO_MAILBOX, status=_VAGUE, words=_NOBODY),
    Rule(sort=Sort.LATER, status=r"[45]\.[0-6]\.\d+"),
)  # fmt: skip

_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_COMPILED = tuple((re.compile(one.status), re.compile(one.words, re.IGNORECASE), one.sort) for one in TABLE)


@lru_cache(maxsize=512)
def sort_of(status: str, words: str) -> Sort:
    """The sort of a refusal. `status` like 5.1.1, or empty: then one in the words counts (`550 5.1.1 No such user`)."""
    told = _ENHANCED.search(status) or _ENHANCED.search(words)
    code = "" if told is None else ".".join(str(int(part)) for part in told.groups())
    return next(
        (sort for status_fits, words_fit, sort in _COMPILED if status_fits.fullmatch(code) and words_fit.search(words)),
        Sort.UNCLEAR,
    )


def has_status(words: str) -> bool:
    """Whether an enhanced status code stands in a server's words."""
    return _ENHANCED.search(words) is not None
