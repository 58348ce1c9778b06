"""Messages before the gate, with facts from a real database."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from hourglass.messages.candidates.facts import load
from hourglass.messages.content.library import Library
from hourglass.messages.gate.judge import judge
from hourglass.messages.outbox.claim import Lane, claim
from tests.messages.shop import NOW, Shop

ADDRESSES = {"email": "email", "sms": "phone"}


def hearing(shop: Shop, now: datetime = NOW, worker: int = 1, limit: int = 10_000) -> dict[int, str | None]:
    """Claim everything that is due and judge it: the reason by message, None for what may go."""
    with shop.database.transaction() as tx:
        claims = claim(tx, UUID(int=worker), ADDRESSES, limit, now, Lane.TRIGGERED)
        candidates = load(tx, claims, Library(), ADDRESSES)
        judge(tx, candidates, now)
    return {one.claim.id: None if one.objection is None else one.objection.reason for one in candidates}


def judged(shop: Shop, id_: int, now: datetime = NOW) -> str | None:
    """The answer for one message; it is taken as sent when it may go, else as withheld."""
    answer = hearing(shop, now)[id_]
    sent = "sent" if answer is None else "withheld"
    shop.run("UPDATE messages SET state = %(sent)s, sent_at = %(now)s WHERE id = %(id)s", sent=sent, now=now, id=id_)
    return answer
