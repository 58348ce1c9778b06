"""Uses codes up: those that orders name, and those that a till asks about; what is refused says why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from hourglass import log
from hourglass.commerce.promo.standing import Ticket
from hourglass.events import Event, envelope
from hourglass.kernel import Workspace, WorkspaceId, digest
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import event_names

_queries = Queries(Path(__file__).with_name("redeem.sql"))
_BETWEEN = re.compile(r"[,;\s]+")
_MOST = 10
Called = tuple[str, Event]


def redeem_orders(
    events: Sequence[Event], tx: Transaction, workspace: Workspace, now: datetime, partitions: int
) -> None:
    """Codes that orders were paid with are used up, and `Promo Code Redeemed` tells it about who had got them.

    One that is not good any more is left as it is: `Promo Code Refused` says why, for the shop's till took it.
    """
    called = [(word, event) for event in events if event.name == "Order Completed" for word in _words(event)]
    if not called:
        return
    tickets = find_tickets(tx, workspace.id, [word for word, _ in called])
    used: list[Ticket] = []
    told: list[tuple[Ticket, Event, str | None]] = []
    for word, event in sorted(called, key=lambda one: (one[1].at, one[1].id)):
        ticket = tickets.get(word.lower())
        if ticket is None or (ticket.order_id is not None and ticket.order_id == event.order_id):
            continue
        state = ticket.state(event.at)
        if state == "good":
            ticket.redeemed_at, ticket.order_id = event.at, event.order_id
            used.append(ticket)
        if not event.historical:
            told.append((ticket, event, None if state == "good" else state))
    use_up(tx, workspace.id, used)
    _tell(tx, workspace.id, told, now, partitions)


def find_tickets(tx: Transaction, workspace_id: WorkspaceId, words: Sequence[str]) -> dict[str, Ticket]:
    """By the code in small letters, locked; of the same code in two pools, the one that was given away."""
    asked = sorted({word.lower() for word in words})
    rows = _queries.rows(tx, "tickets", Ticket, workspace_id=workspace_id, words=asked)
    found: dict[str, Ticket] = {}
    for row in sorted(rows, key=lambda one: (one.given_at is None, one.redeemed_at is not None)):
        found.setdefault(row.code.lower(), row)
    return found


def use_up(tx: Transaction, workspace_id: WorkspaceId, used: Sequence[Ticket]) -> None:
    """Write down when they were used, and with which order."""
    if used:
        _queries.execute(
            tx,
            "use_up",
            workspace_id=workspace_id,
            pools=[one.pool for one in used],
            codes=[one.code for one in used],
            moments=[one.redeemed_at for one in used],
            orders=[one.order_id for one in used],
        )


def tell_used(tx: Transaction, workspace_id: WorkspaceId, ticket: Ticket, now: datetime, partitions: int) -> None:
    """`Promo Code Redeemed` about who had got it, if anybody has."""
    names = _names(tx, workspace_id, [ticket])
    if ticket.profile_id in names and ticket.redeemed_at is not None:
        body = _body(ticket, ticket.order_id, ticket.redeemed_at, None, names[ticket.profile_id])
        log.append(tx, workspace_id, [envelope("track", body)], now, partitions)


def _names(
    tx: Transaction, workspace_id: WorkspaceId, tickets: Sequence[Ticket]
) -> Mapping[int | None, dict[str, str]]:
    """How an event names those who got the codes."""
    return {**event_names(tx, workspace_id, [one.profile_id for one in tickets if one.profile_id is not None])}


def _tell(
    tx: Transaction,
    workspace_id: WorkspaceId,
    told: Sequence[tuple[Ticket, Event, str | None]],
    now: datetime,
    partitions: int,
) -> None:
    names = _names(tx, workspace_id, [ticket for ticket, _, _ in told])
    bodies = [
        _body(ticket, event.order_id, event.at, reason, names.get(ticket.profile_id) or _buyer(event))
        for ticket, event, reason in told
    ]
    if bodies:
        log.append(tx, workspace_id, [envelope("track", body) for body in bodies], now, partitions)


def _body(
    ticket: Ticket, order_id: str | None, at: datetime, reason: str | None, who: Mapping[str, str]
) -> dict[str, Any]:
    """The same news of the same order has the same id, however often it is told."""
    name = "Promo Code Redeemed" if reason is None else "Promo Code Refused"
    properties = {"code": ticket.code, "pool": ticket.pool, "order_id": order_id, "reason": reason}
    return {
        "messageId": f"hg-promo-{digest(name, ticket.pool, ticket.code, order_id or at.isoformat())}",
        "event": name,
        "timestamp": at.isoformat(),
        "properties": {word: value for word, value in properties.items() if value is not None},
        **who,
    }


def _buyer(event: Event) -> dict[str, str]:
    named = {"userId": event.user_id, "anonymousId": event.anonymous_id}
    return {field: value for field, value in named.items() if value}


def _words(event: Event) -> Iterator[str]:
    """The codes of an order: `coupon`, perhaps several of them with commas between."""
    told = event.properties.get("coupon")
    if isinstance(told, str):
        yield from dict.fromkeys([word for word in _BETWEEN.split(told) if word][:_MOST])
