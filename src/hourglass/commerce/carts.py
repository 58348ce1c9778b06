"""Keeps the carts of a batch of events."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from hourglass.commerce.cart import DEVICE, OPEN, Cart, buy, put_in, take_out, tell_whole, touch
from hourglass.commerce.lines import currency_of, line_of, lines_of, pieces, seconds, word
from hourglass.events import Event
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import People

_queries = Queries(Path(__file__).with_name("carts.sql"))
_CHANGES = frozenset(("Product Added", "Product Removed"))
_LOOKS = frozenset(("Cart Viewed", "Cart Updated", "Checkout Started"))
_BOUGHT = "Order Completed"
_CONCERNING = _CHANGES | _LOOKS | {_BOUGHT}


class _Step(Struct, gc=False):
    """An event that concerns carts; `cart` is the id it names or the one of its device."""

    event: Event
    identity_id: int
    profile_id: int
    cart: str


def keep_carts(events: Sequence[Event], people: People, tx: Transaction, workspace_id: WorkspaceId) -> None:
    """Every cart the batch speaks of, and those of its buyers, brought up to date in the order of time."""
    steps = _steps(events, people)
    if not steps:
        return
    ids = sorted({step.cart for step in steps})
    buyers = sorted({step.profile_id for step in steps if step.event.name == _BOUGHT})
    known = _queries.rows(tx, "concerned", Cart, workspace_id=workspace_id, ids=ids, buyers=buyers)
    carts = {cart.id: cart for cart in known}
    owned: defaultdict[int, set[str]] = defaultdict(set)
    for cart in known:
        owned[cart.profile_id].add(cart.id)
    touched = {cart_id for step in steps for cart_id in _take(step, carts, owned)}
    _put(tx, workspace_id, [carts[one] for one in sorted(touched)])


def _steps(events: Sequence[Event], people: People) -> list[_Step]:
    steps = [
        _Step(event, identity_id, profile_id, _cart_id(event))
        for event, identity_id, profile_id in zip(events, people.identity_ids, people.profile_ids, strict=True)
        if event.name in _CONCERNING
    ]
    steps.sort(key=lambda step: (step.event.at, step.event.message_id))
    return steps


def _cart_id(event: Event) -> str:
    return word(event.properties.get("cart_id")) or f"{DEVICE}{event.anonymous_id or event.user_id}"


def _take(step: _Step, carts: dict[str, Cart], owned: Mapping[int, set[str]]) -> list[str]:
    """Take in one event; the carts that are different now."""
    if step.event.name == _BOUGHT:
        return _bought(step, carts, owned)
    cart = carts.get(step.cart)
    if cart is None:
        if not _has_goods(step.event):
            return []
        cart = carts[step.cart] = _new(step)
    owned[cart.profile_id].discard(cart.id)
    touch(cart, step.event.at, step.identity_id, step.profile_id)
    owned[cart.profile_id].add(cart.id)
    _change(cart, step.event)
    return [cart.id]


def _has_goods(event: Event) -> bool:
    """Whether a cart begins with it; looking at a cart nobody knows makes none."""
    told = event.properties
    if event.name in _CHANGES:
        return word(told.get("product_id")) is not None or word(told.get("sku")) is not None
    return bool(told.get("products"))


def _new(step: _Step) -> Cart:
    return Cart(
        id=step.cart,
        identity_id=step.identity_id,
        profile_id=step.profile_id,
        currency=currency_of(step.event),
        opened_at=step.event.at,
        updated_at=step.event.at,
    )


def _change(cart: Cart, event: Event) -> None:
    currency = currency_of(event)
    moment = seconds(event.at)
    if event.name in _LOOKS:
        if isinstance(event.properties.get("products"), list):
            cart.currency = currency
            tell_whole(cart, lines_of(event, currency, moment), event.at)
        return
    line = line_of(event.properties, currency, moment)
    if line is None:
        return
    if event.name == "Product Added":
        cart.currency = currency
        put_in(cart, line, event.at)
    else:
        take_out(cart, line, event.at, all_of_it=pieces(event.properties.get("quantity")) is None)


def _bought(step: _Step, carts: Mapping[str, Cart], owned: Mapping[int, set[str]]) -> list[str]:
    """The cart an order names, and those of the buyer that have no name; all of the buyer's where it names none."""
    named = word(step.event.properties.get("cart_id"))
    mine = {one for one in owned.get(step.profile_id, ()) if named is None or one.startswith(DEVICE)}
    bought = [one for one in sorted(mine | {step.cart}) if one in carts and carts[one].state == OPEN]
    for one in bought:
        buy(carts[one], step.event.at)
    return bought


def _put(tx: Transaction, workspace_id: WorkspaceId, carts: Sequence[Cart]) -> None:
    if not carts:
        return
    _queries.execute(
        tx,
        "put",
        workspace_id=workspace_id,
        ids=[cart.id for cart in carts],
        identities=[cart.identity_id for cart in carts],
        profiles=[cart.profile_id for cart in carts],
        states=[cart.state for cart in carts],
        lines=[cart.lines for cart in carts],
        amounts=[cart.value for cart in carts],
        currencies=[cart.currency for cart in carts],
        opened=[cart.opened_at for cart in carts],
        updated=[cart.updated_at for cart in carts],
        reset=[cart.reset_at for cart in carts],
    )
