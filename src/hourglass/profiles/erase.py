"""Removing people from the database: a person who asked for it, and visitors who never came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from hourglass.kernel import Conflict, WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles.person import family, find_profile

_queries = Queries(Path(__file__).with_name("erase.sql"))
_BY_PROFILE = (
    "run_steps",
    "run_calls",
    "run_tasks",
    "run_alerts",
    "run_codes",
    "runs",
    "audiences",
    "entrants",
    "messages",
    "hits",
    "consents",
    "segment_members",
    "segment_moves",
    "rechecks",
    "computed_traits",
)
_BY_IDENTITY = ("events", "consent_requests", "wishes", "lists", "links", "moves", "identities")
_SHORTEST = 4
"""Shorter identifiers are looked for in dead letters with their quotes only: a bare 7 is in every letter."""


def erase(tx: Transaction, workspace_id: WorkspaceId, profile_id: int, now: datetime) -> list[int]:
    """Remove a person from every table, and ask the lake to do the same. Raises NotFound.

    Returns the ids of the identities they had: bare numbers from now on. What was sent keeps its row without address,
    subject and content, so that counts stay true.
    """
    profile = find_profile(tx, workspace_id, profile_id)
    profiles = family(tx, workspace_id, profile.id)
    _queries.tuples(tx, "hold", workspace_id=workspace_id, profiles=profiles)
    if family(tx, workspace_id, profile.id) != profiles:
        raise Conflict("This person is being merged at this very moment; try again.")
    names = _queries.tuples(tx, "names", workspace_id=workspace_id, profiles=profiles)
    _forget_addresses(tx, workspace_id, profiles, [(kind, value) for _, kind, value in names])
    identities = sorted(one for one, _, _ in names)
    _remove(tx, workspace_id, profiles, identities)
    _queries.execute(tx, "record", workspace_id=workspace_id, profiles=profiles, identities=identities, now=now)
    return identities


def expire_visitors(tx: Transaction, workspace_id: WorkspaceId, before: datetime, most: int = 2000) -> int:
    """Forget visitors not seen since that moment, so many at a time; how many it were. Contacts never expire.

    Their events leave the hot history; the lake keeps them.
    """
    profiles = [
        row[0] for row in _queries.tuples(tx, "stale_visitors", workspace_id=workspace_id, before=before, most=most)
    ]
    if profiles:
        names = _queries.tuples(tx, "names", workspace_id=workspace_id, profiles=profiles)
        _remove(tx, workspace_id, profiles, sorted(one for one, _, _ in names))
    return len(profiles)


def _remove(tx: Transaction, workspace_id: WorkspaceId, profiles: Sequence[int], identities: Sequence[int]) -> None:
    here = {"workspace_id": workspace_id}
    both = {"profiles": list(profiles), "identities": list(identities)}
    for name in ("orders", "carts"):
        _queries.execute(tx, name, **here, **both)
    for name in _BY_PROFILE:
        _queries.execute(tx, name, **here, profiles=both["profiles"])
    for name in _BY_IDENTITY:
        _queries.execute(tx, name, **here, identities=both["identities"])
    _queries.execute(tx, "profiles", **here, profiles=both["profiles"])


def _forget_addresses(
    tx: Transaction, workspace_id: WorkspaceId, profiles: Sequence[int], names: Sequence[tuple[str, str]]
) -> None:
    """What is kept by address or as raw text: suppressions, imports, mails of the development inbox, dead letters."""
    found = _queries.tuples(tx, "addresses", workspace_id=workspace_id, profiles=list(profiles))
    addresses = sorted(
        {row[0].lower() for row in found} | {value for kind, value in names if kind in {"email", "phone"}}
    )
    if addresses:
        _queries.execute(tx, "suppression_changes", workspace_id=workspace_id, addresses=addresses)
        _queries.execute(tx, "suppressions", workspace_id=workspace_id, addresses=addresses)
        _queries.execute(tx, "mails", addresses=addresses)
    kinds, values = [kind for kind, _ in names], [value for _, value in names]
    _queries.execute(tx, "pending", workspace_id=workspace_id, kinds=kinds, values=values)
    needles = sorted({_needle(value) for _, value in names} | set(addresses))
    if needles:
        _queries.execute(tx, "dead_letters", workspace_id=workspace_id, needles=needles)


def _needle(value: str) -> str:
    """The identifier as JSON would spell it."""
    quoted = msgspec.json.encode(value).decode()
    return quoted if len(value) < _SHORTEST else quoted[1:-1]
