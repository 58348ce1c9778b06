"""Reads the members of a segment: all of them as a stream, or a page by its cursor."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from hourglass.audience.export.fields import Fields, Member
from hourglass.definitions import find
from hourglass.kernel import Malformed, Workspace, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("members.sql"))
_AT_ONCE = 2000
_MOST = 1000
_numbers = count(1)


class Cursor(Struct, frozen=True, array_like=True):
    """Where a reader stands: the segment, the moment of the first page, and the last person seen."""

    segment_id: int
    moment: datetime
    after: int


class MemberPage(Struct, frozen=True, kw_only=True):
    """Some members, by the number of the person. `next` is the cursor of the following page; null after the last.

    Everybody who was a member when the first page was read, and still is when their page is, comes exactly once.
    Nobody comes twice, and nobody who entered later comes at all.
    """

    members: list[dict[str, Any]]
    next: str | None
    as_of: datetime


def stream(tx: Transaction, workspace_id: WorkspaceId, segment_id: int, fields: Fields) -> Iterator[list[Member]]:
    """All members as of one moment, a block at a time through a cursor of the server: memory does not grow."""
    asked = _asked(workspace_id, segment_id, fields) | {"after": 0, "moment": None, "most": None}
    with tx.cursor(name=f"members_{next(_numbers)}", binary=True) as cursor:
        cursor.itersize = _AT_ONCE
        cursor.execute(_queries.sql("members").encode(), asked)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield [Member(*row) for row in rows]


def page(
    tx: Transaction, workspace: Workspace, key: str, fields: Fields, cursor: str | None, limit: int, now: datetime
) -> MemberPage:
    """One page of up to `limit` members. Raises NotFound, or Malformed for a cursor that is not of this segment."""
    if not 1 <= limit <= _MOST:
        raise Malformed(f"A page has 1 to {_MOST} members.", path="limit")
    segment_id = find(tx, workspace.id, "segment", key).id
    place = _read(cursor, segment_id) if cursor else Cursor(segment_id, now, 0)
    asked = _asked(workspace.id, segment_id, fields)
    rows = _queries.tuples(tx, "members", **asked, after=place.after, moment=place.moment, most=limit + 1)
    members = [Member(*row) for row in rows[:limit]]
    more = Cursor(segment_id, place.moment, members[-1].profile_id) if len(rows) > limit else None
    return MemberPage(
        members=[fields.document(member) for member in members],
        next=None if more is None else urlsafe_b64encode(msgspec.json.encode(more)).decode().rstrip("="),
        as_of=place.moment,
    )


def _asked(workspace_id: WorkspaceId, segment_id: int, fields: Fields) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "segment_id": segment_id,
        "traits": fields.traits,
        "all_traits": fields.all_traits,
        "identifiers": fields.identifiers,
    }


def _read(cursor: str, segment_id: int) -> Cursor:
    try:
        read = msgspec.json.decode(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=Cursor)
    except (ValueError, msgspec.MsgspecError):
        raise Malformed("This cursor is not one of ours; take `next` of the page before.", path="cursor") from None
    if read.segment_id != segment_id:
        raise Malformed("This cursor belongs to another segment; start without one.", path="cursor")
    return read
