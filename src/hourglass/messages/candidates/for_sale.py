"""Whether what a message is about can still be bought, and for no more than it said: asked right before it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from hourglass.kernel import WorkspaceId, to_major
from hourglass.messages.candidates.answer import Withheld
from hourglass.messages.candidates.candidate import Candidate, Product, product_of
from hourglass.messages.candidates.goods import event_products
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("facts.sql"))
ONLY_IF = "only_if"
"""The fact of a message that lists what it depends on: `in_stock`, `price_holds`."""


def look_at_goods(tx: Transaction, workspace_id: WorkspaceId, candidates: Sequence[Candidate]) -> None:
    """Note on those messages that depend on it what speaks against them; one query for the products of all."""
    asking = [one for one in candidates if one.claim.facts.get(ONLY_IF)]
    if not asking:
        return
    products = candidates[0].products
    unknown = sorted({id_ for one in asking for id_ in _about(one)} - products.keys())
    if unknown:
        found = _queries.rows(tx, "products", Product, workspace_id=workspace_id, ids=unknown)
        products.update({product.id: product for product in found})
    for one in asking:
        told = one.claim.facts[ONLY_IF]
        one.unsold = (_sold_out(one) if "in_stock" in told else None) or (
            _dearer(one) if "price_holds" in told else None
        )


def _about(one: Candidate) -> list[str]:
    """The products of the event and, where the template speaks of it, of the cart."""
    lines = one.cart.lines if one.cart else []
    return list(
        dict.fromkeys([*event_products(one.claim.facts), *(id_ for line in lines if (id_ := product_of(line)))])
    )


def _sold_out(one: Candidate) -> Withheld | None:
    """None of them is there any more; what the catalogue does not know may be there."""
    products = [one.products.get(id_) for id_ in _about(one)]
    gone = [product for product in products if product is not None and product.available is False]
    if not gone or len(gone) < len(products):
        return None
    return Withheld(reason="out_of_stock", detail=", ".join(product.name or product.id for product in gone)[:200])


def _dearer(one: Candidate) -> Withheld | None:
    """The product costs more than the event said; another currency cannot be compared."""
    product = next((one.products.get(id_) for id_ in event_products(one.claim.facts)[:1]), None)
    told, currency = one.claim.fact("price"), one.claim.fact("currency") or one.workspace.currency
    if product is None or product.price is None or told is None:
        return None
    own = product.currency or one.workspace.currency
    try:
        before, now = Decimal(str(told)), to_major(product.price, own)
    except InvalidOperation:
        return None
    if own != currency or now <= before:
        return None
    return Withheld(reason="price_rose", detail=f"{product.name or product.id}: {before:f} → {now:f} {own}"[:200])
