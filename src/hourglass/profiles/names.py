"""What to call a person: on a page, and in an event."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("names.sql"))
EVENT_FIELDS = {"user_id": "userId", "anonymous_id": "anonymousId"}
"""Identifiers that an event can carry, with the fields of a call."""
_FIRST = ("firstName", "first_name")
_LAST = ("lastName", "last_name")


def display_name(traits: Mapping[str, Any], email: str | None, phone: str | None) -> str | None:
    """The name, else first and last name, else e-mail, else phone; None for somebody without any."""
    parts = [str(_first(traits, keys)) for keys in (_FIRST, _LAST) if _first(traits, keys)]
    return _first(traits, ("name",)) or " ".join(parts) or email or phone


def display_names(tx: Transaction, workspace_id: WorkspaceId, ids: Collection[int]) -> dict[int, str | None]:
    """The same for many."""
    if not ids:
        return {}
    rows = _queries.tuples(tx, "of", workspace_id=workspace_id, ids=sorted(ids))
    return {one: display_name(traits, email, phone) for one, traits, email, phone in rows}


def event_names(tx: Transaction, workspace_id: WorkspaceId, ids: Collection[int]) -> dict[int, dict[str, str]]:
    """How an event names each of these people, by the strongest identifier it can carry; an erased one has no name."""
    if not ids:
        return {}
    rows = _queries.tuples(tx, "in_events", workspace_id=workspace_id, ids=sorted(set(ids)), kinds=list(EVENT_FIELDS))
    return {profile_id: {EVENT_FIELDS[kind]: value} for profile_id, kind, value in rows}


def _first(traits: Mapping[str, Any], keys: Collection[str]) -> str | None:
    return next((value for key in keys if isinstance(value := traits.get(key), str) and value), None)
