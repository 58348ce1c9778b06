"""Everything that happened to one person, newest first: events, messages sent and withheld, runs, consents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import Struct

from hourglass.history import summary
from hourglass.kernel import Malformed, WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles.person import family, find_profile, identities

_queries = Queries(Path(__file__).with_name("timeline.sql"))
_PAGE = 50
_KINDS = {"consent": "consents", "run": "runs", "message": "messages", "event": "events"}
"""Kind of item → its query; of the same moment, the cause stands below what it caused."""
_RANKS = {kind: rank for rank, kind in enumerate(_KINDS)}
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_LAST = 2**63 - 1
_GENERATED = "_generated"


class Item(Struct, frozen=True, kw_only=True):
    """One thing that happened. `generated`: the demo made it up. `state` and `reason` of messages and runs."""

    at: datetime
    kind: str
    title: str
    detail: dict[str, Any]
    generated: bool = False
    state: str | None = None
    reason: str | None = None


class Timeline(Struct, frozen=True, kw_only=True):
    """A page of it, and where the older ones begin."""

    items: list[Item]
    next: str | None


class _Row(Struct, kw_only=True):
    at: datetime
    id: int
    title: str
    told: dict[str, Any]
    state: str | None = None
    reason: str | None = None


class _Place(Struct, frozen=True):
    """A place between two items: older moments, and of the same moment those that rank behind."""

    at: datetime
    rank: int
    id: int

    def below(self, rank: int) -> int:
        """Which ids of another kind at the very moment are still to come."""
        return self.id if rank == self.rank else _LAST if rank > self.rank else -1


def timeline(tx: Transaction, workspace_id: WorkspaceId, profile_id: int, before: str | None = None) -> Timeline:
    """A page of a person's life; `before` is the `next` of the page before. Raises NotFound."""
    place = _read(before)
    profile = find_profile(tx, workspace_id, profile_id)
    who = {
        "profiles": family(tx, workspace_id, profile.id),
        "identities": [one.id for one in identities(tx, workspace_id, profile.id)],
    }
    found: list[tuple[datetime, int, int, Item]] = []
    for kind, query in _KINDS.items():
        rank = _RANKS[kind]
        bounds = {"workspace_id": workspace_id, "at": place.at, "below": place.below(rank), "most": _PAGE}
        rows = _queries.rows(tx, query, _Row, **who, **bounds)
        found += [(row.at, -rank, row.id, _item(kind, row)) for row in rows]
    found.sort(key=lambda one: one[:3], reverse=True)
    page = found[:_PAGE]
    return Timeline(items=[one[3] for one in page], next=_write(page[-1]) if len(page) == _PAGE else None)


def _item(kind: str, row: _Row) -> Item:
    told = {key: value for key, value in row.told.items() if key != _GENERATED}
    detail = {"summary": summary(told), "properties": told} if kind == "event" else told
    return Item(
        at=row.at,
        kind=kind,
        title=row.title,
        detail=detail,
        generated=row.told.get(_GENERATED) is True,
        state=row.state,
        reason=row.reason,
    )


def _write(last: tuple[datetime, int, int, Item]) -> str:
    at, rank, number, _ = last
    return f"{(at - _EPOCH) // _MICROSECOND}_{-rank}_{number}"


def _read(before: str | None) -> _Place:
    if not before:
        return _Place(datetime.max.replace(tzinfo=UTC), -1, _LAST)
    try:
        microseconds, rank, number = map(int, before.split("_"))
        return _Place(_EPOCH + microseconds * _MICROSECOND, rank, number)
    except (ValueError, OverflowError):
        raise Malformed("This cursor is not one of ours; take `next` of the page before.", path="before") from None
