"""Complaints from feedback loops: ARF (RFC 5965), and Microsoft's own way of sending the mail along."""

from __future__ import annotations

from email.message import EmailMessage

from hourglass.channels import FeedbackKind
from hourglass.messages.returns.said import Said

_NO_COMPLAINT = {"not-spam", "auth-failure", "dmarc"}


def read_complaint(mail: EmailMessage) -> Said | None:
    """A person pressed “this is spam”; None when nobody did."""
    for part in mail.walk():
        if part.get_content_type() == "message/feedback-report":
            return _of(part)  # type: ignore[arg-type]
        if part.get("X-HmXmrOriginalRecipient"):  # Microsoft's JMRP
            return Said(FeedbackKind.COMPLAINED, words="Reported as junk at Microsoft")
    return None


def _of(part: EmailMessage) -> Said:
    fields = _fields(part)
    kind = fields.get("feedback-type", "abuse").lower()
    news = FeedbackKind.UNKNOWN if kind in _NO_COMPLAINT else FeedbackKind.COMPLAINED
    return Said(news, words=f"{kind}, told by {fields.get('user-agent') or 'a feedback loop'}")


def _fields(part: EmailMessage) -> dict[str, str]:
    """The parser takes this part for a message or for plain text, as it likes."""
    inner = part.get_payload()
    if isinstance(inner, list) and inner:
        return {name.lower(): " ".join(str(value).split()) for name, value in inner[0].items()}  # type: ignore[union-attr]
    text = part.get_payload(decode=True)
    lines = text.decode("utf-8", "replace").splitlines() if isinstance(text, bytes) else []
    return {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
