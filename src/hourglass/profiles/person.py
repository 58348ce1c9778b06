"""One person in full: what the page about them shows."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from hourglass.kernel import NotFound, Workspace, WorkspaceId, to_major
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import consent
from hourglass.profiles.consent import Consent
from hourglass.profiles.names import display_name
from hourglass.profiles.search import purchases
from hourglass.profiles.worth import Money, money

_queries = Queries(Path(__file__).with_name("person.sql"))
_MOST = 50


class Profile(Struct, frozen=True, kw_only=True):
    """The row of a person."""

    id: int
    known: bool
    email: str | None
    phone: str | None
    traits: dict[str, Any]
    first_seen_at: datetime
    last_seen_at: datetime
    events: int


class Identity(Struct, frozen=True, kw_only=True):
    """One identifier of a person."""

    id: int
    kind: str
    value: str
    first_seen_at: datetime


class Segment(Struct, frozen=True, kw_only=True):
    """A segment the person is in."""

    key: str
    name: str


class Purchase(Struct, frozen=True, kw_only=True):
    """An order or a cart. Prices of lines are in major units."""

    id: str
    state: str
    lines: list[dict[str, Any]]
    revenue: Money | UnsetType = UNSET
    value: Money | UnsetType = UNSET
    ordered_at: datetime | UnsetType = UNSET
    updated_at: datetime | UnsetType = UNSET


class Person(Struct, frozen=True, kw_only=True):
    """Everything on one page. `value` is what stayed with the shop."""

    id: int
    name: str | None
    email: str | None
    phone: str | None
    known: bool
    traits: dict[str, Any]
    identities: list[Identity]
    consents: list[Consent]
    segments: list[Segment]
    orders: list[Purchase]
    carts: list[Purchase]
    value: Money
    events: int
    first_seen_at: datetime
    last_seen_at: datetime


class _Basket(Struct):
    id: str
    state: str
    at: datetime
    value: int
    currency: str
    lines: list[dict[str, Any]]


def find_profile(tx: Transaction, workspace_id: WorkspaceId, profile_id: int) -> Profile:
    """The person of this number, or whom they were merged into. Raises NotFound."""
    found = _queries.one(tx, "person", Profile, workspace_id=workspace_id, id=profile_id)
    if found is None:
        raise NotFound(f"There is no person with the number {profile_id}.")
    return found


def family(tx: Transaction, workspace_id: WorkspaceId, profile_id: int) -> list[int]:
    """The number of a person and of all profiles that were absorbed into them."""
    return [row[0] for row in _queries.tuples(tx, "family", workspace_id=workspace_id, id=profile_id)]


def identities(tx: Transaction, workspace_id: WorkspaceId, profile_id: int) -> list[Identity]:
    """Identifiers of a person, the strongest first."""
    return _queries.rows(tx, "identities", Identity, workspace_id=workspace_id, id=profile_id)


def look(tx: Transaction, workspace: Workspace, profile_id: int) -> Person:
    """A person in full. Raises NotFound."""
    profile = find_profile(tx, workspace.id, profile_id)
    here = {"workspace_id": workspace.id, "id": profile.id}
    orders = _queries.rows(tx, "orders", _Basket, **here, most=_MOST)
    carts = _queries.rows(tx, "carts", _Basket, **here, most=_MOST)
    _, worth = purchases(tx, workspace, [profile.id]).get(profile.id, (0, 0))
    return Person(
        id=profile.id,
        name=display_name(profile.traits, profile.email, profile.phone),
        email=profile.email,
        phone=profile.phone,
        known=profile.known,
        traits=profile.traits,
        identities=identities(tx, workspace.id, profile.id),
        consents=consent.current(tx, workspace.id, [profile.id], None),
        segments=_queries.rows(tx, "segments", Segment, **here),
        orders=[_order(one) for one in orders],
        carts=[_cart(one) for one in carts],
        value=money(worth, workspace.currency),
        events=profile.events,
        first_seen_at=profile.first_seen_at,
        last_seen_at=profile.last_seen_at,
    )


def _order(one: _Basket) -> Purchase:
    return Purchase(
        id=one.id, state=one.state, lines=_lines(one), revenue=money(one.value, one.currency), ordered_at=one.at
    )


def _cart(one: _Basket) -> Purchase:
    return Purchase(
        id=one.id, state=one.state, lines=_lines(one), value=money(one.value, one.currency), updated_at=one.at
    )


def _lines(basket: _Basket) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in line.items() if key != "at"}
        | ({"price": str(to_major(line["price"], basket.currency))} if isinstance(line.get("price"), int) else {})
        for line in basket.lines
    ]
