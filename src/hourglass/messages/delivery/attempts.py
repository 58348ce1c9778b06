"""From a provider's receipt to the state of the message: what is tried again, when, and when it is enough."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from hourglass.channels import Fate, Outcome, Receipt
from hourglass.messages.delivery.outcome import Resolved, State


class Patience(Struct, frozen=True, kw_only=True):
    """How often and how long a message is tried: after 30 s, 1, 2, 4, 8 … minutes, each drawn from its upper half."""

    attempts: int = 8
    first: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(hours=2)

    def pause(self, attempt: int, chance: Random) -> timedelta:
        """How long to wait after the n-th refusal; jittered, so that those refused together come back apart."""
        full = min(self.longest, self.first * 2 ** (attempt - 1))
        return full * (0.5 + chance.random() / 2)


class Attempt(Struct, frozen=True, kw_only=True):
    """A message in the hands of this worker, and which try this is."""

    workspace_id: int
    id: int
    number: int
    address: str | None = None
    subject: str | None = None

    def becomes(self, state: State, now: datetime, reason: str | None = None, detail: str | None = None) -> Resolved:
        """The message goes to this state."""
        return Resolved(workspace_id=self.workspace_id, id=self.id, state=state, at=now, reason=reason, detail=detail,
                        address=self.address, subject=self.subject)  # fmt: skip

    def waits(
        self, until: datetime, now: datetime, reason: str | None, detail: str | None = None, *, forgiven: bool
    ) -> Resolved:
        """The message goes back to the queue; `forgiven` when nobody was asked to take it."""
        return Resolved(
            workspace_id=self.workspace_id,
            id=self.id,
            state="queued",
            at=now,
            reason=reason,
            detail=detail,
            not_before=until,
            forgiven=forgiven,
        )


def in_doubt(
    attempt: Attempt, fate: Fate, reason: str, detail: str | None, now: datetime, patience: Patience, chance: Random
) -> Resolved:
    """Nobody knows whether the provider got it: what its document says becomes of such a message."""
    if fate == "assume_sent":
        return attempt.becomes("sent", now, "assumed_sent", detail)
    if fate == "retry" and attempt.number < patience.attempts:
        until = now + patience.pause(attempt.number, chance)
        return attempt.waits(until, now, "handed_over_again", detail, forgiven=False)
    return attempt.becomes("unknown", now, reason, detail)


def resolve(
    attempt: Attempt, receipt: Receipt, now: datetime, patience: Patience, chance: Random, fate: Fate = "leave"
) -> Resolved:
    """The state that a receipt leads to."""
    detail = receipt.detail or None
    match receipt.outcome:
        case Outcome.ACCEPTED:
            done = attempt.becomes("sent", now)
        case Outcome.UNKNOWN:
            done = in_doubt(attempt, fate, "no_answer", detail, now, patience, chance)
        case Outcome.REFUSED_PERMANENT:
            done = attempt.becomes("failed", now, "address_refused" if receipt.invalid_address else "refused", detail)
        case Outcome.UNREACHABLE:
            return attempt.waits(now, now, "provider_unreachable", detail, forgiven=True)
        case Outcome.REFUSED_TEMPORARY if attempt.number >= patience.attempts:
            done = attempt.becomes("failed", now, "refused_too_often", detail)
        case Outcome.REFUSED_TEMPORARY:
            asked = timedelta(seconds=receipt.retry_after or 0.0)
            until = now + max(asked, patience.pause(attempt.number, chance))
            return attempt.waits(until, now, "try_later", detail, forgiven=False)
    return replace(done, provider_id=receipt.provider_id, invalid_address=receipt.invalid_address,
                   mailbox_full=receipt.mailbox_full)  # fmt: skip
