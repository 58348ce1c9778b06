"""Decisions about who is one person: what waits for review, merging, keeping apart, and taking a merge back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from hourglass.kernel import Conflict, NotFound, Workspace, WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles.follow import recheck
from hourglass.profiles.links import MERGE, Link, Pair
from hourglass.profiles.names import display_name
from hourglass.profiles.regroup import Component, Regrouped, hold_component, regroup
from hourglass.profiles.search import purchases
from hourglass.profiles.worth import Money, money

_queries = Queries(Path(__file__).with_name("merge.sql"))
_MOST = 200


class Side(Struct, frozen=True, kw_only=True):
    """One of two people."""

    id: int
    name: str | None
    email: str | None
    phone: str | None
    orders: int
    revenue: Money
    first_seen_at: datetime
    last_seen_at: datetime


class Evidence(Struct, frozen=True, kw_only=True):
    """What speaks for their being one: an identifier that both were named with."""

    kind: str
    value: str
    at: datetime


class Review(Struct, frozen=True, kw_only=True):
    """Two known people who may be one. `low` and `high` are the identities that stand for them."""

    low: int
    high: int
    at: datetime
    left: Side
    right: Side
    evidence: list[Evidence]


class _Pending(Struct):
    one: int
    other: int
    at: datetime
    evidence: list[Evidence]


class _Person(Struct):
    id: int
    traits: dict[str, Any]
    email: str | None
    phone: str | None
    first_seen_at: datetime
    last_seen_at: datetime


def reviews(tx: Transaction, workspace: Workspace) -> list[Review]:
    """The pairs that wait for a decision, the latest first."""
    pending = _queries.rows(tx, "reviews", _Pending, workspace_id=workspace.id, most=_MOST)
    ids = sorted({one for pair in pending for one in (pair.one, pair.other)})
    if not ids:
        return []
    anchors = _anchors(tx, workspace.id, ids)
    sides = _sides(tx, workspace, ids)
    found: list[Review] = []
    for pair in pending:
        left, right = sorted((pair.one, pair.other), key=lambda one: anchors[one])
        found.append(
            Review(
                low=anchors[left],
                high=anchors[right],
                at=pair.at,
                left=sides[left],
                right=sides[right],
                evidence=pair.evidence,
            )
        )
    return found


def merge(tx: Transaction, workspace_id: WorkspaceId, low: int, high: int, by: str, now: datetime) -> Regrouped:
    """The people of these two identities are one from now on. Nothing that happened is rewritten.

    The older contact stays; everything the caller keeps per person must follow `moved` and `absorbed`.
    """
    component = hold_component(tx, workspace_id, {low, high})
    one, other = _people(component, low, high)
    if one == other:
        raise Conflict("They are one person already.")
    anchors = _anchors(tx, workspace_id, [one, other])
    pair = Pair(min(anchors.values()), max(anchors.values()), MERGE)
    link = Link(low=pair.low, high=pair.high, kind=MERGE, at=now, author=by)
    return _regroup(tx, workspace_id, component, {pair: link}, now, "merge", by)


def unmerge(tx: Transaction, workspace_id: WorkspaceId, low: int, high: int, by: str, now: datetime) -> Regrouped:
    """Take the merge of these two identities back: both people are again who they would be without it."""
    component = hold_component(tx, workspace_id, {low, high})
    pair = Pair(min(low, high), max(low, high), MERGE)
    link = component.links.get(pair)
    if link is None or link.state == "undone":
        raise NotFound(f"{low} and {high} were not merged by anybody.")
    undone = structs.replace(link, state="undone", author=by)
    return _regroup(tx, workspace_id, component, {pair: undone}, now, "unmerge", by)


def reject(tx: Transaction, workspace_id: WorkspaceId, low: int, high: int, by: str, now: datetime) -> Regrouped:
    """They are two people: the evidence between them is set aside, and they are not asked about because of it again."""
    component = hold_component(tx, workspace_id, {low, high})
    people = set(_people(component, low, high))
    between = {
        pair: structs.replace(link, state="rejected", author=by)
        for pair, link in component.links.items()
        if link.state == "review" and {component.nodes[end].profile_id for end in pair[:2]} == people
    }
    if not between:
        raise NotFound(f"Nothing is to be decided between {low} and {high}.")
    return _regroup(tx, workspace_id, component, between, now, "reject", by)


def _regroup(
    tx: Transaction,
    workspace_id: WorkspaceId,
    component: Component,
    decided: Mapping[Pair, Link],
    now: datetime,
    reason: str,
    by: str,
) -> Regrouped:
    regrouped = regroup(tx, workspace_id, component, decided, now=now, reason=reason, author=by)
    recheck(tx, workspace_id, regrouped.changed, now)
    return regrouped


def _people(component: Component, low: int, high: int) -> tuple[int, int]:
    try:
        return component.nodes[low].profile_id, component.nodes[high].profile_id
    except KeyError as missing:
        raise NotFound(f"There is no identity with the number {missing}.") from None


def _anchors(tx: Transaction, workspace_id: WorkspaceId, ids: list[int]) -> dict[int, int]:
    return dict(_queries.tuples(tx, "anchors", workspace_id=workspace_id, ids=ids))  # pyright: ignore[reportArgumentType]


def _sides(tx: Transaction, workspace: Workspace, ids: list[int]) -> Mapping[int, Side]:
    bought = purchases(tx, workspace, ids)
    people = _queries.rows(tx, "sides", _Person, workspace_id=workspace.id, ids=ids)
    return {person.id: _side(person, *bought.get(person.id, (0, 0)), workspace.currency) for person in people}


def _side(person: _Person, orders: int, revenue: int, currency: str) -> Side:
    return Side(
        id=person.id,
        name=display_name(person.traits, person.email, person.phone),
        email=person.email,
        phone=person.phone,
        orders=orders,
        revenue=money(revenue, currency),
        first_seen_at=person.first_seen_at,
        last_seen_at=person.last_seen_at,
    )
