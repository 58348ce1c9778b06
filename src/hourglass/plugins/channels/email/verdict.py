"""What a server's answer means for the message: provider words become ours here and nowhere else."""

from __future__ import annotations

from hourglass.channels import Outcome, Receipt, Sort, has_status, sort_of
from hourglass.plugins.channels.email.connection import Result, Stage

_AUTHENTICATION = {530, 534, 535, 538}


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
    full = sort_of("", reply.text) is Sort.FULL
    if reply.code < 500:
        return Receipt(outcome=Outcome.REFUSED_TEMPORARY, detail=detail, mailbox_full=full)
    invalid = result.stage is Stage.RECIPIENT and _about_the_mailbox(reply.code, reply.text)
    return Receipt(outcome=Outcome.REFUSED_PERMANENT, detail=detail, invalid_address=invalid, mailbox_full=full)


def _about_the_mailbox(code: int, text: str) -> bool:
    """Where the words say nothing, the plain codes do that RFC 5321 gives to mailboxes."""
    sort = sort_of("", text)
    return sort is Sort.NO_MAILBOX or (sort is Sort.UNCLEAR and not has_status(text) and code in (550, 551, 553))
