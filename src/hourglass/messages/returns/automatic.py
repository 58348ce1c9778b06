"""Answers that machines write: out of office, on holiday, “prove that you are a person”."""

from __future__ import annotations

import re
from email.message import EmailMessage

from hourglass.channels import FeedbackKind, Sort, sort_of
from hourglass.messages.returns.said import Said

_AWAY = re.compile(
    r"out of (?:the )?office|automatic reply|auto(?:matic)?[- ]?(?:reply|response)|on vacation|автоответ|в отпуске"
    r"|нет на работе|вне офиса",
    re.IGNORECASE,
)


def read_automatic(mail: EmailMessage) -> Said | None:
    """An automatic answer or a challenge; None for what a mail system or a person wrote."""
    subject = str(mail.get("Subject", ""))
    if sort_of("", subject) is Sort.CHALLENGE or sort_of("", _beginning(mail)) is Sort.CHALLENGE:
        return Said(FeedbackKind.BOUNCED, Sort.CHALLENGE, words=subject)
    submitted = str(mail.get("Auto-Submitted", "no")).lower()
    replied = submitted.startswith("auto-replied") and mail.get_content_type() != "multipart/report"
    if replied or mail.get("X-Autoreply") or mail.get("X-Autorespond") or _AWAY.search(subject):
        return Said(FeedbackKind.BOUNCED, Sort.AUTO_REPLY, words=subject)
    return None


def _beginning(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    return "" if part is None else str(part.get_content())[:2000]
