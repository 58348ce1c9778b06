"""Bounces that follow no standard: flufl.bounce knows how the mail systems of thirty years write them."""

from __future__ import annotations

import re
from email.message import EmailMessage

from hourglass.channels import FeedbackKind, Sort, sort_of
from hourglass.messages.returns.said import Said

_POSTMAN = re.compile(r"mailer-daemon|postmaster|mail delivery", re.IGNORECASE)
_CODE = re.compile(r"\b[45]\d\d[ -].{5,300}", re.DOTALL)


def read_odd(mail: EmailMessage) -> Said | None:
    """What the words say; where only the library sees a failure, the bounce is unclear, and suppresses nobody."""
    from flufl.bounce import all_failures  # pyright: ignore[reportUnknownVariableType]

    passing, failed = all_failures(mail)
    if not (passing or failed or _POSTMAN.search(str(mail.get("From", "")))):
        return None
    text = _text(mail)
    found = _CODE.search(text)
    words = found[0] if found else text[:500]
    sort = sort_of("", words)
    if sort is Sort.UNCLEAR and found is None:
        sort = sort_of("", text[:4000])
    if sort is Sort.UNCLEAR and passing and not failed:
        sort = Sort.DELAYED
    return Said(FeedbackKind.BOUNCED, sort, words=words)


def _text(mail: EmailMessage) -> str:
    """The part that people read, without the mail it brings back."""
    part = mail.get_body(("plain", "html"))
    text = "" if part is None else str(part.get_content())
    return re.split(r"-{3,} ?(?:original|this is a copy|below this line|returned)", text, flags=re.IGNORECASE)[0]
