"""From the octets of a returned mail to what it says: a list of readers, the first that understands it counts."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Callable, Sequence
from datetime import datetime
from email.message import EmailMessage

from hourglass.channels import FeedbackKind, Marked, Marker, Sort
from hourglass.messages.returns.automatic import read_automatic
from hourglass.messages.returns.complaint import read_complaint
from hourglass.messages.returns.odd import read_odd
from hourglass.messages.returns.report import read_report
from hourglass.messages.returns.returned import Returned, Stranger
from hourglass.messages.returns.said import Said

_MOST = 256 * 1024  # octets: a report stands at the beginning, what follows is our own mail
_ADDRESS = re.compile(r"[^\s<>@\"';,]+@[^\s<>@\"';,]+")
_TO = re.compile(r"^(?:to|delivered-to|x-original-to):([^\n]*(?:\n[ \t][^\n]*)*)", re.IGNORECASE | re.MULTILINE)

READERS: tuple[Callable[[EmailMessage], Said | None], ...] = (read_complaint, read_report, read_automatic, read_odd)


def read_returned(octets: bytes, recipients: Sequence[str], marker: Marker, at: datetime) -> Returned | Stranger:
    """What a mail to these recipients (of its envelope) says about a message of ours.

    The mark is looked for where it was sent to, then in what it brings along; without a true mark nothing is believed.
    """
    text = octets[:_MOST].decode("latin-1")
    leaving = marker.leaving(" ".join(recipients) or _addressed(text))
    if leaving is not None:
        return _as_told(leaving, Said(FeedbackKind.UNSUBSCRIBED, words="by mail"), at)
    marked = marker.find(" ".join(recipients)) or marker.find(text)
    if marked is None:
        return Stranger("It names no message of ours.")
    try:
        mail = email.message_from_bytes(octets[:_MOST], policy=email.policy.default)
        said = next((said for read in READERS if (said := read(mail)) is not None), None)
    except Exception as error:  # noqa: BLE001 - the parser stumbles over what no standard foresees
        return _as_told(marked, Said(FeedbackKind.BOUNCED, Sort.UNCLEAR, words=type(error).__name__), at)
    return Stranger("It is no bounce.") if said is None else _as_told(marked, said, at)


def _addressed(text: str) -> str:
    """To whom a mail says that it is; for mail from a mailbox, whose envelope is gone."""
    head = text.replace("\r\n", "\n").partition("\n\n")[0]
    return " ".join(_TO.findall(head))


def _as_told(marked: Marked, said: Said, at: datetime) -> Returned:
    words = " ".join(_ADDRESS.sub("<address>", said.words).split())
    return Returned(workspace_id=marked.workspace_id, message_id=marked.message_id, kind=said.kind, sort=said.sort,
                    status=said.status, said=words[:500], at=at)  # fmt: skip
