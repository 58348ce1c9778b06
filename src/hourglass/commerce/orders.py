"""Keeps the orders of a batch of events; late and repeated events change nothing that came later."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from hourglass.commerce.lines import word
from hourglass.commerce.order import LIFE, Order, add, begin
from hourglass.events import Event
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import People

_queries = Queries(Path(__file__).with_name("orders.sql"))
_Step = tuple[Event, int, int]


def keep_orders(events: Sequence[Event], people: People, tx: Transaction, workspace_id: WorkspaceId) -> set[int]:
    """Every order the batch speaks of, brought up to date; the people whose order somebody else's event changed."""
    steps = _by_order(events, people)
    if not steps:
        return set()
    known = _queries.rows(tx, "known", Order, workspace_id=workspace_id, ids=sorted(steps))
    orders = {order.id: order for order in known}
    owned = [(order.profile_id, order.id) for order in known]
    for order_id, told in steps.items():
        for event, identity_id, profile_id in told:
            order = orders.get(order_id)
            if order is None:
                order = orders[order_id] = begin(order_id, event, identity_id, profile_id)
            add(order, event, identity_id, profile_id)
    _put(tx, workspace_id, orders)
    owned += [(order.profile_id, order.id) for order in orders.values()]
    tellers = {(profile_id, order_id) for order_id, told in steps.items() for _, _, profile_id in told}
    return {profile_id for profile_id, order_id in owned if (profile_id, order_id) not in tellers}


def _by_order(events: Sequence[Event], people: People) -> dict[str, list[_Step]]:
    steps: dict[str, list[_Step]] = {}
    for event, identity_id, profile_id in zip(events, people.identity_ids, people.profile_ids, strict=True):
        if event.name in LIFE:
            order_id = event.order_id or word(event.properties.get("order_id"))
            if order_id:
                steps.setdefault(order_id, []).append((event, identity_id, profile_id))
    return steps


def _put(tx: Transaction, workspace_id: WorkspaceId, orders: Mapping[str, Order]) -> None:
    rows = [order for _, order in sorted(orders.items())]
    _queries.execute(
        tx,
        "put",
        workspace_id=workspace_id,
        ids=[row.id for row in rows],
        identities=[row.identity_id for row in rows],
        profiles=[row.profile_id for row in rows],
        states=[row.state for row in rows],
        ordered=[row.ordered_at for row in rows],
        updated=[row.updated_at for row in rows],
        stated=[row.state_at for row in rows],
        told=[row.content_at for row in rows],
        revenues=[row.revenue for row in rows],
        refunds=[row.refunded for row in rows],
        currencies=[row.currency for row in rows],
        lines=[row.lines for row in rows],
        historical=[row.historical for row in rows],
    )
