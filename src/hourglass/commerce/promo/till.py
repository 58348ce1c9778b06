"""What a till asks: is this code good, and then, once, that it is used."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from hourglass.commerce.promo.redeem import find_tickets, tell_used, use_up
from hourglass.commerce.promo.standing import SENTENCES, PromoState, Ticket
from hourglass.kernel import Conflict, NotFound, WorkspaceId
from hourglass.postgres import Transaction


class PromoStanding(Struct, frozen=True, kw_only=True):
    """One code as a till sees it; `order_id`: with which it was used."""

    code: str
    pool: str
    state: PromoState
    expires_at: datetime | None
    redeemed_at: datetime | None
    order_id: str | None


def look_up(tx: Transaction, workspace_id: WorkspaceId, word: str, now: datetime) -> PromoStanding:
    """In large or small letters. Raises NotFound."""
    return _standing(_ticket(tx, workspace_id, word), now)


def redeem(
    tx: Transaction, workspace_id: WorkspaceId, word: str, order_id: str, now: datetime, partitions: int
) -> PromoStanding:
    """Use it up; said again of the same order, it changes nothing. Raises NotFound, Conflict with the reason."""
    ticket = _ticket(tx, workspace_id, word)
    if ticket.order_id == order_id:
        return _standing(ticket, now)
    if (state := ticket.state(now)) != "good":
        raise Conflict(SENTENCES[state], reason=state)
    ticket.redeemed_at, ticket.order_id = now, order_id
    use_up(tx, workspace_id, [ticket])
    tell_used(tx, workspace_id, ticket, now, partitions)
    return _standing(ticket, now)


def _ticket(tx: Transaction, workspace_id: WorkspaceId, word: str) -> Ticket:
    ticket = find_tickets(tx, workspace_id, [word.strip()]).get(word.strip().lower())
    if ticket is None:
        raise NotFound("There is no such code.")
    return ticket


def _standing(ticket: Ticket, now: datetime) -> PromoStanding:
    return PromoStanding(
        code=ticket.code,
        pool=ticket.pool,
        state=ticket.state(now),
        expires_at=ticket.expires_at,
        redeemed_at=ticket.redeemed_at,
        order_id=ticket.order_id,
    )
