"""What a server's answer means for the message: provider words become ours here and nowhere else."""

from __future__ import annotations

import re

from hourglass.channels import Outcome, Receipt
from hourglass.plugins.channels.email.connection import Result, Stage

_AUTHENTICATION = {530, 534, 535, 538}
_ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_NO_SUCH_MAILBOX = {"1.1", "1.2", "1.3", "1.10", "2.1"}  # RFC 3463: bad mailbox, system, syntax, null MX; disabled


def receipt(result: Result, provider_id: str) -> Receipt:
    """Our verdict on one mail."""
    reply = result.reply
    if reply is None:
        lost = Outcome.UNKNOWN if result.stage is Stage.CONTENT else Outcome.UNREACHABLE
        return Receipt(outcome=lost, provider_id=provider_id if lost is Outcome.UNKNOWN else None, detail=result.why)
    detail = f"{reply.code} {reply.text}"
    if reply.fine and result.stage is Stage.CONTENT:
        return Receipt(outcome=Outcome.ACCEPTED, provider_id=provider_id, detail=detail)
    if reply.code in _AUTHENTICATION or (reply.code == 421 and result.stage is not Stage.CONTENT):
        return Receipt(outcome=Outcome.UNREACHABLE, detail=detail)
    if reply.code < 500:
        return Receipt(outcome=Outcome.REFUSED_TEMPORARY, detail=detail)
    invalid = result.stage is Stage.RECIPIENT and _about_the_mailbox(reply.code, reply.text)
    return Receipt(outcome=Outcome.REFUSED_PERMANENT, detail=detail, invalid_address=invalid)


def _about_the_mailbox(code: int, text: str) -> bool:
    """An enhanced status code (RFC 3463) decides; without one, the plain codes that RFC 5321 gives to mailboxes."""
    status = _ENHANCED.search(text)
    if status is not None:
        return f"{int(status[2])}.{int(status[3])}" in _NO_SUCH_MAILBOX
    return code in (550, 551, 553)
