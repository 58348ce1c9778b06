"""Putting people on a list and taking them off: by number, by identifier, or everybody of another segment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct, field

from hourglass.audience.lists.change import ListChange, open_change
from hourglass.audience.lists.reasons import Miss, miss
from hourglass.audience.lists.standing import SEGMENT
from hourglass.definitions import find
from hourglass.kernel import Malformed, WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import Match, anchored, match

_queries = Queries(Path(__file__).with_name("lists.sql"))
_PAGE = 10_000
KINDS = ("user_id", "email", "phone", "anonymous_id")
"""Identifiers that everybody knows; an installation may have others."""


class Named(Struct, frozen=True, kw_only=True):
    """An identifier as somebody wrote it."""

    kind: str
    value: str


class Whom(Struct, frozen=True, kw_only=True):
    """Who is meant: people by number, by identifier, everybody who is in a segment now, or all of these."""

    people: list[int] = field(default_factory=list[int])
    identifiers: list[Named] = field(default_factory=list[Named])
    segment: str | None = None


class Changed(Struct, frozen=True, kw_only=True):
    """What became of it. `line` of a miss is its place among those asked for, from 1; identifiers follow people."""

    change: ListChange
    missed: list[Miss]


def add_to_list(
    tx: Transaction, workspace_id: WorkspaceId, key: str, whom: Whom, *, author: str, now: datetime
) -> Changed:
    """They are on the list from now on. Raises Malformed, NotFound, Conflict."""
    return _change(tx, workspace_id, key, whom, "add", author, now)


def remove_from_list(
    tx: Transaction, workspace_id: WorkspaceId, key: str, whom: Whom, *, author: str, now: datetime
) -> Changed:
    """They are not, under whichever identifier they were put there."""
    return _change(tx, workspace_id, key, whom, "remove", author, now)


def _change(
    tx: Transaction,
    workspace_id: WorkspaceId,
    key: str,
    whom: Whom,
    kind: Literal["add", "remove"],
    author: str,
    now: datetime,
) -> Changed:
    if not (whom.people or whom.identifiers or whom.segment):
        raise Malformed("Say who: `people`, `identifiers` or a `segment`.", path="people")
    identities, missed = _asked(tx, workspace_id, whom)
    change = open_change(tx, workspace_id, key, kind, author=author, source=_words(whom), now=now)
    for page in _pages(tx, workspace_id, identities, whom.segment):
        if kind == "add":
            change.put(page)
        else:
            change.drop(_listed(tx, workspace_id, change.list_id, page))
    return Changed(change=change.close(), missed=missed)


def _asked(tx: Transaction, workspace_id: WorkspaceId, whom: Whom) -> tuple[list[int], list[Miss]]:
    people = anchored(tx, workspace_id, whom.people) if whom.people else {}
    missed = [miss(n, "no_such_person", str(one)) for n, one in enumerate(whom.people, 1) if one not in people]
    found = match(tx, workspace_id, [(one.kind, one.value) for one in whom.identifiers])
    identities = [identity for identity, _ in people.values()]
    for place, one in enumerate(whom.identifiers, len(whom.people) + 1):
        answer = found[one.kind, one.value]
        if answer.identity_id is None:
            missed.append(miss(place, why(one.kind, one.value, answer), one.value))
        else:
            identities.append(answer.identity_id)
    return identities, missed


def why(kind: str, text: str, answer: Match) -> str:
    """The reason why an identifier found nobody."""
    if answer.value is not None:
        return "unknown"
    if kind == "email":
        return "not_an_email"
    if kind == "phone":
        return "damaged_number" if "e+" in text.lower() else "not_a_phone"
    return "placeholder"


def _pages(
    tx: Transaction, workspace_id: WorkspaceId, identities: Sequence[int], segment: str | None
) -> Iterator[Sequence[int]]:
    for start in range(0, len(identities), _PAGE):
        yield identities[start : start + _PAGE]
    if segment is None:
        return
    segment_id, after = find(tx, workspace_id, SEGMENT, segment).id, 0
    place = {"workspace_id": workspace_id, "segment_id": segment_id, "most": _PAGE}
    while rows := _queries.tuples(tx, "anchors_of_members", **place, after=after):
        yield [identity for _, identity in rows]
        after = rows[-1][0]


def _listed(tx: Transaction, workspace_id: WorkspaceId, list_id: int, identities: Sequence[int]) -> list[int]:
    """All identities by which the people behind these are on the list."""
    place = {"workspace_id": workspace_id, "list_id": list_id}
    return [row[0] for row in _queries.tuples(tx, "listed", **place, identities=list(identities))]


def _words(whom: Whom) -> str:
    parts = (
        f"{len(whom.people)} people" if whom.people else "",
        f"{len(whom.identifiers)} identifiers" if whom.identifiers else "",
        f"segment {whom.segment}" if whom.segment else "",
    )
    return ", ".join(part for part in parts if part)
