"""Delivery status notifications (RFC 3464): `multipart/report; report-type=delivery-status`."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage, Message

from hourglass.channels import FeedbackKind, Sort, sort_of
from hourglass.messages.returns.said import Said

# A report about several recipients: what is worst counts, ours had one.
_WORST = ("failed", "delayed", "relayed", "expanded", "delivered")


def read_report(mail: EmailMessage) -> Said | None:
    """What it says about the recipient; None when there is no such report in it."""
    told = sorted(_recipients(mail), key=_rank)
    return _said(told[0]) if told else None


def _recipients(mail: EmailMessage) -> Iterator[Message]:
    """The groups of fields, one for each recipient; the first group is about the whole mail and has no action."""
    for part in mail.walk():
        if part.get_content_type() in ("message/delivery-status", "message/global-delivery-status"):
            groups = part.get_payload()
            yield from (one for one in groups if isinstance(one, Message) and one["Action"])  # pyright: ignore[reportGeneralTypeIssues]


def _rank(group: Message) -> int:
    action = _action(group)
    return _WORST.index(action) if action in _WORST else len(_WORST)


def _said(group: Message) -> Said | None:
    status, words = _field(group, "Status").split(" ")[0], _diagnosis(group)
    match _action(group):
        case "failed":
            return Said(FeedbackKind.BOUNCED, sort_of(status, words), status, words)
        case "delayed":
            return Said(FeedbackKind.BOUNCED, Sort.DELAYED, status, words)
        case "delivered":
            return Said(FeedbackKind.DELIVERED, None, status, words)
        case _:
            return Said(FeedbackKind.UNKNOWN, None, status, words)


def _action(group: Message) -> str:
    return _field(group, "Action").lower().partition(" ")[0]


def _diagnosis(group: Message) -> str:
    """`smtp; 550 5.1.1 No such user` without its type."""
    return _field(group, "Diagnostic-Code").partition(";")[2].strip() or _field(group, "Diagnostic-Code")


def _field(group: Message, name: str) -> str:
    return " ".join(str(group.get(name, "")).split())
