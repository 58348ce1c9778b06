"""Finding people: everybody by when they were last seen, or those whom a piece of text fits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import phonenumbers
from msgspec import Struct

from hourglass.kernel import Malformed, Workspace, WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles.identifiers import STRENGTH
from hourglass.profiles.names import display_name
from hourglass.profiles.worth import Money, money

_queries = Queries(Path(__file__).with_name("search.sql"))
_PAGE = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_START = (datetime.max.replace(tzinfo=UTC), 2**63 - 1)


class PeopleCounts(Struct, frozen=True, kw_only=True):
    """How many people there are."""

    known: int
    visitors: int
    new_today: int


class PersonRow(Struct, frozen=True, kw_only=True):
    """A person in a list."""

    id: int
    name: str | None
    email: str | None
    phone: str | None
    known: bool
    orders: int
    revenue: Money
    last_seen_at: datetime


class Page(Struct, frozen=True, kw_only=True):
    """Some people, and where the next ones begin."""

    people: list[PersonRow]
    next: str | None


class _Found(Struct):
    id: int
    known: bool
    email: str | None
    phone: str | None
    traits: dict[str, Any]
    last_seen_at: datetime


def people_counts(tx: Transaction, workspace_id: WorkspaceId, today_start: datetime) -> PeopleCounts:
    """Contacts, visitors, and contacts first seen since the day began."""
    found = _queries.one(tx, "counts", PeopleCounts, workspace_id=workspace_id, since=today_start)
    assert found is not None
    return found


def search(tx: Transaction, workspace: Workspace, text: str = "", cursor: str | None = None) -> Page:
    """A page of people, those seen last first. `cursor` is the `next` of the page before."""
    at, before = _read(cursor)
    bounds = {"workspace_id": workspace.id, "before_at": at, "before_id": before, "most": _PAGE}
    text = text.strip()
    if text:
        found = _queries.rows(tx, "matching", _Found, **bounds, **_asked(text))
    else:
        found = _queries.rows(tx, "recent", _Found, **bounds)
    bought = purchases(tx, workspace, [one.id for one in found])
    last = found[-1] if len(found) == _PAGE else None
    return Page(
        people=[_row(one, *bought.get(one.id, (0, 0)), workspace.currency) for one in found],
        next=None if last is None else f"{(last.last_seen_at - _EPOCH) // _MICROSECOND}_{last.id}",
    )


def purchases(tx: Transaction, workspace: Workspace, ids: Collection[int]) -> dict[int, tuple[int, int]]:
    """Person → how many orders, and what stayed with the shop in minor units; buyers only."""
    if not ids:
        return {}
    rows = _queries.tuples(tx, "bought", workspace_id=workspace.id, ids=sorted(ids), currency=workspace.currency)
    return {one: (orders, net) for one, orders, net in rows}


def _row(one: _Found, orders: int, revenue: int, currency: str) -> PersonRow:
    return PersonRow(
        id=one.id,
        name=display_name(one.traits, one.email, one.phone),
        email=one.email,
        phone=one.phone,
        known=one.known,
        orders=orders,
        revenue=money(revenue, currency),
        last_seen_at=one.last_seen_at,
    )


def _asked(text: str) -> dict[str, Any]:
    digits = "+" + phonenumbers.normalize_digits_only(text)
    starts = dict.fromkeys(STRENGTH, text) | {"email": text.lower(), "phone": digits if len(digits) > 3 else text}
    escaped = text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
    return {"kinds": list(starts), "starts": list(starts.values()), "pattern": f"%{escaped}%"}


def _read(cursor: str | None) -> tuple[datetime, int]:
    if not cursor:
        return _START
    microseconds, _, number = cursor.partition("_")
    try:
        return _EPOCH + int(microseconds) * _MICROSECOND, int(number)
    except (ValueError, OverflowError):
        raise Malformed("This cursor is not one of ours; take `next` of the page before.", path="cursor") from None
