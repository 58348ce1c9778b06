"""Keeps documents with versions, states and optimistic locking. The newest version is the one in force."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from psycopg.types.json import Jsonb

from hourglass.definitions.kinds import Document, Kinds
from hourglass.definitions.reliance import keep_relied_on
from hourglass.kernel import Conflict, NotFound, WorkspaceId
from hourglass.postgres import Queries, Transaction

State = Literal["draft", "live", "paused", "archived"]
_queries = Queries(Path(__file__).with_name("queries.sql"))


class Definition(Struct, frozen=True, kw_only=True):
    """A document in its newest version. `id` is stable over versions; state tables refer to it."""

    id: int
    kind: str
    key: str
    version: int
    state: State
    updated_at: datetime
    body: Document

    @property
    def name(self) -> str:
        """What people call it."""
        return str(self.body.get("name") or self.key)


class Version(Struct, frozen=True, kw_only=True):
    """One saved version of a document."""

    version: int
    body: Document
    author: str
    at: datetime


def put(
    tx: Transaction,
    workspace_id: WorkspaceId,
    document: Document,
    *,
    kinds: Kinds,
    author: str,
    now: datetime,
    expected_version: int | None = None,
) -> Definition:
    """Save a document as a new version; the same body again changes nothing.

    `expected_version` is the version the author looked at (0: a new one); Conflict when someone was quicker.
    A document says its own `state`; without one it is live.
    """
    kinds.check(document)
    against = kinds.named(document["kind"]).against
    if against is not None:
        against(tx, workspace_id, document)
    kind, key, state = document["kind"], document["key"], document.get("state", "live")
    if state != "live":
        keep_relied_on(tx, workspace_id, kinds, kind, key)
    place = {"workspace_id": workspace_id, "kind": kind, "key": key}
    current = _queries.scalar(tx, "lock", **place) or 0
    if expected_version is not None and expected_version != current:
        raise Conflict(f"Someone saved version {current} of {kind} “{key}” meanwhile.", version=current)
    if current:
        standing = find(tx, workspace_id, kind, key)
        if standing.body == document:
            return standing
    if not _queries.execute(tx, "put_head", **place, version=current + 1, state=state, now=now):
        raise Conflict(f"Someone saved {kind} “{key}” at the same moment.", version=current)
    _queries.execute(tx, "put_version", **place, version=current + 1, body=Jsonb(document), author=author, now=now)
    _tell(tx, workspace_id)
    return find(tx, workspace_id, kind, key)


def set_state(
    tx: Transaction,
    workspace_id: WorkspaceId,
    kind: str,
    key: str,
    state: State,
    now: datetime,
    kinds: Kinds | None = None,
) -> Definition:
    """Pause, resume or archive without a new version. With `kinds`: Conflict for what live documents use."""
    if kinds is not None and state != "live":
        keep_relied_on(tx, workspace_id, kinds, kind, key)
    if not _queries.execute(tx, "set_state", workspace_id=workspace_id, kind=kind, key=key, state=state, now=now):
        raise _missing(kind, key)
    _tell(tx, workspace_id)
    return find(tx, workspace_id, kind, key)


def remove(tx: Transaction, workspace_id: WorkspaceId, kind: str, key: str, kinds: Kinds | None = None) -> None:
    """Forget a document and its history. With `kinds`: Conflict for what live documents use."""
    if kinds is not None:
        keep_relied_on(tx, workspace_id, kinds, kind, key)
    if not _queries.execute(tx, "remove", workspace_id=workspace_id, kind=kind, key=key):
        raise _missing(kind, key)
    _tell(tx, workspace_id)


def find(tx: Transaction, workspace_id: WorkspaceId, kind: str, key: str) -> Definition:
    """The newest version, or NotFound."""
    found = _queries.one(tx, "find", Definition, workspace_id=workspace_id, kind=kind, key=key)
    if found is None:
        raise _missing(kind, key)
    return found


def list_all(tx: Transaction, workspace_id: WorkspaceId, kind: str | None = None) -> list[Definition]:
    """Every document of a kind, or of all kinds, by key."""
    return _queries.rows(tx, "list", Definition, workspace_id=workspace_id, kind=kind)


def live(tx: Transaction, workspace_id: WorkspaceId, kind: str) -> list[Definition]:
    """The documents of a kind that are in force."""
    return [found for found in list_all(tx, workspace_id, kind) if found.state == "live"]


def history(tx: Transaction, workspace_id: WorkspaceId, kind: str, key: str) -> list[Version]:
    """All versions, newest first."""
    versions = _queries.rows(tx, "versions", Version, workspace_id=workspace_id, kind=kind, key=key)
    if not versions:
        raise _missing(kind, key)
    return versions


def at_versions(
    tx: Transaction, workspace_id: WorkspaceId, wanted: set[tuple[int, int]]
) -> dict[tuple[int, int], dict[str, Any]]:
    """Bodies by (definition id, version), for those who still stand on an older version."""
    pairs = sorted(wanted)
    rows = _queries.tuples(
        tx, "bodies", workspace_id=workspace_id, ids=[p[0] for p in pairs], numbers=[p[1] for p in pairs]
    )
    return {(row[0], row[1]): row[2] for row in rows}


def stamp(tx: Transaction, workspace_id: WorkspaceId) -> int:
    """A number that moves with every change of any definition of the workspace; caches compare it."""
    return int(_queries.scalar(tx, "stamp", workspace_id=workspace_id))


def _tell(tx: Transaction, workspace_id: WorkspaceId) -> None:
    """Caches look at the stamp, and the engine looks now: a new segment is built at once."""
    _queries.execute(tx, "bump", workspace_id=workspace_id)
    _queries.tuples(tx, "wake_engine")


def _missing(kind: str, key: str) -> NotFound:
    return NotFound(f"There is no {kind} “{key}”.")
