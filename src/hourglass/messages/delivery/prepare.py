"""Claimed messages pass the gate and are filled in: what may leave, and what is to be noted about the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from hourglass.channels import Outgoing
from hourglass.messages.candidates.answer import Deferred, Withheld
from hourglass.messages.candidates.candidate import Candidate
from hourglass.messages.delivery.attempts import Attempt
from hourglass.messages.delivery.outcome import Resolved
from hourglass.messages.delivery.outlet import Parcel
from hourglass.messages.rendering.render import Unmade, render
from hourglass.messages.tracking.tokens import Signer


def prepare(
    candidates: Iterable[Candidate], signer: Signer, base_url: str, now: datetime
) -> Iterator[tuple[str, Parcel] | Resolved]:
    """For each candidate its channel and parcel, or the state it goes to; the gate was asked before."""
    for one in candidates:
        claim = one.claim
        attempt = Attempt(workspace_id=claim.workspace_id, id=claim.id, number=claim.attempts, address=one.address)
        match one.objection or render(one, signer, base_url, now):
            case Withheld(reason=reason, detail=detail):
                yield attempt.becomes("withheld", now, reason, detail)
            case Deferred(reason=reason, until=until, detail=detail):
                yield attempt.waits(until, now, reason, detail, forgiven=True)
            case Unmade(reason=reason, detail=detail, withheld=meant):
                yield attempt.becomes("withheld" if meant else "failed", now, reason, detail)
            case Outgoing() as message:
                yield claim.channel, Parcel(attempt=_of(attempt, message), message=message, lane=claim.lane,
                                            via=one.via, by_budget=one.by_budget)  # fmt: skip


def _of(attempt: Attempt, message: Outgoing) -> Attempt:
    return Attempt(workspace_id=attempt.workspace_id, id=attempt.id, number=attempt.number, address=message.address,
                   subject=message.subject)  # fmt: skip
