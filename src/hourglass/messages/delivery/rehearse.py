"""Delivery with the senders off: what would leave, and what the gate holds back, at a moment of the caller's clock."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from hourglass.messages.candidates.facts import load
from hourglass.messages.content.library import Library
from hourglass.messages.delivery.attempts import Attempt
from hourglass.messages.delivery.outcome import Resolved
from hourglass.messages.delivery.prepare import prepare
from hourglass.messages.delivery.providers import address_kinds
from hourglass.messages.delivery.record import record
from hourglass.messages.delivery.twins import withhold_twins
from hourglass.messages.gate.judge import judge
from hourglass.messages.outbox.claim import claim, next_due
from hourglass.messages.tracking.tokens import Signer
from hourglass.postgres import Transaction

_BATCH = 256
_NOWHERE = "https://example.invalid"


class Rehearsal:
    """One worker that hands nothing over: whatever passes the gate and can be filled in counts as sent.

    For backtests, in a database of their own. Limits of providers are not rehearsed.
    """

    def __init__(self) -> None:
        self._worker = uuid4()
        self._library = Library()
        self._addresses = address_kinds()
        self._signer = Signer(self._worker.bytes * 2)

    def next_due(self, tx: Transaction) -> datetime | None:
        """When the next message is to be judged."""
        return next_due(tx, self._addresses)

    def deliver(self, tx: Transaction, now: datetime) -> int:
        """Everything that is due goes through claim, gate and rendering and is recorded; how many messages."""
        done = 0
        while claims := claim(tx, self._worker, self._addresses, _BATCH, now):
            candidates = load(tx, claims, self._library, self._addresses)
            judge(tx, candidates, now)
            withhold_twins(tx, candidates)
            outcomes = [
                one if isinstance(one, Resolved) else _as_sent(one[1].attempt, now)
                for one in prepare(candidates, self._signer, _NOWHERE, now)
            ]
            done += record(tx, self._worker, outcomes, now, 1)
            if len(claims) < _BATCH:
                break
        return done


def _as_sent(attempt: Attempt, now: datetime) -> Resolved:
    return attempt.becomes("sent", now)
