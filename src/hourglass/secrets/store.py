"""Secrets in the database: set, list by name, remove, seal anew. Nobody but the program gets a text back."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from hourglass.definitions import list_all
from hourglass.kernel import Conflict, Malformed, NotFound, WorkspaceId, secret_names
from hourglass.postgres import Queries, Transaction
from hourglass.secrets.vault import Vault

_queries = Queries(Path(__file__).with_name("store.sql"))
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_LONGEST = 16_384


class SecretLine(Struct, frozen=True, kw_only=True):
    """What anybody may know about a secret."""

    name: str
    author: str
    updated_at: datetime
    used_by: list[str] = []
    """Documents that refer to it, as `kind/key`."""


class _Row(Struct, frozen=True):
    name: str
    author: str
    updated_at: datetime


class _Sealed(Struct, frozen=True):
    workspace_id: WorkspaceId
    name: str
    sealed: bytes


def put_secret(
    tx: Transaction, vault: Vault, workspace_id: WorkspaceId, name: str, text: str, *, author: str, now: datetime
) -> SecretLine:
    """Set a secret, or replace it. Raises Malformed for a name or text that cannot be."""
    if not _NAME.fullmatch(name):
        raise Malformed("The name of a secret is made of a-z, 0-9, dot, dash and underscore, 80 at most.", path="name")
    if not text or len(text.encode()) > _LONGEST or "\0" in text:
        raise Malformed(f"A secret is a text of 1 to {_LONGEST} octets.", path="value")
    _queries.execute(tx, "hold")  # a rotation waits for us or we for it: see seal_anew
    sealed = vault.seal(workspace_id, name, text)
    _queries.execute(tx, "put", workspace_id=workspace_id, name=name, sealed=sealed, author=author, now=now)
    _queries.execute(tx, "tell", workspace_id=workspace_id)
    return next(line for line in list_secrets(tx, workspace_id) if line.name == name)


def list_secrets(tx: Transaction, workspace_id: WorkspaceId) -> list[SecretLine]:
    """Every secret by name, with the documents that refer to it."""
    users: dict[str, list[str]] = defaultdict(list)
    for found in list_all(tx, workspace_id):
        for name in sorted(set(secret_names(found.body))):
            users[name].append(f"{found.kind}/{found.key}")
    rows = _queries.rows(tx, "list", _Row, workspace_id=workspace_id)
    return [
        SecretLine(name=row.name, author=row.author, updated_at=row.updated_at, used_by=users[row.name]) for row in rows
    ]


def remove_secret(tx: Transaction, workspace_id: WorkspaceId, name: str) -> None:
    """Forget a secret that no document needs. Raises NotFound, or Conflict naming who needs it."""
    line = next((line for line in list_secrets(tx, workspace_id) if line.name == name), None)
    if line is None:
        raise NotFound(f"There is no secret “{name}”; `hourglass secrets list` shows them.")
    if line.used_by:
        raise Conflict(f"The secret “{name}” is needed by {', '.join(line.used_by)}. Change that first.")
    _queries.execute(tx, "remove", workspace_id=workspace_id, name=name)
    _queries.execute(tx, "tell", workspace_id=workspace_id)


def read_secrets(tx: Transaction, vault: Vault, workspace_id: WorkspaceId, names: Iterable[str]) -> dict[str, str]:
    """Texts by name, for the program only; a name nobody set is missing. Raises Unavailable without the right key."""
    rows = _queries.rows(tx, "sealed", _Sealed, workspace_id=workspace_id, names=sorted(set(names)))
    return {row.name: vault.open(workspace_id, row.name, row.sealed) for row in rows}


def seal_anew(tx: Transaction, vault: Vault) -> int:
    """Open every secret of every workspace and seal it with the key in force; how many.

    Whoever sets a secret meanwhile waits for our commit and then reads the new key.
    """
    _queries.execute(tx, "hold_alone")
    rows = _queries.rows(tx, "all_sealed", _Sealed)
    fresh = [vault.seal(row.workspace_id, row.name, vault.open(row.workspace_id, row.name, row.sealed)) for row in rows]
    if rows:
        _queries.execute(
            tx,
            "reseal",
            workspace_ids=[row.workspace_id for row in rows],
            names=[row.name for row in rows],
            sealed=fresh,
        )
    return len(rows)
