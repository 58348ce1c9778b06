"""What a batch of events means for the shop: catalogue, carts, orders."""

from __future__ import annotations

from collections.abc import Sequence

from hourglass.commerce.carts import keep_carts
from hourglass.commerce.follow import follow
from hourglass.commerce.orders import keep_orders
from hourglass.commerce.products import learn_products
from hourglass.commerce.stock import learn_stock
from hourglass.events import Event
from hourglass.kernel import Workspace, WorkspaceId
from hourglass.postgres import Transaction
from hourglass.profiles import People


def apply(events: Sequence[Event], people: People, tx: Transaction, workspace: Workspace) -> set[int]:
    """Set-based, and always in this order: parallel workers wait for each other at the same places.

    Answers whose orders changed by somebody else's events: cancelled by another account, or another's after all.
    """
    follow(people.moved, tx, workspace.id)
    learn_catalogue(events, tx, workspace.id)
    keep_carts(events, people, tx, workspace.id)
    return keep_orders(events, people, tx, workspace.id)


def learn_catalogue(events: Sequence[Event], tx: Transaction, workspace_id: WorkspaceId) -> None:
    """What they say about products: names, prices, and what is in stock."""
    learn_products(events, tx, workspace_id)
    learn_stock(events, tx, workspace_id)
