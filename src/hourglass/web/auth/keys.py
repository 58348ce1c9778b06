"""API keys: `write` lets events in, `admin` opens the admin API."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

from hourglass.kernel import AccessRole, Malformed, NotFound, WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.web.auth.tokens import new_token, token_hash

queries = Queries(Path(__file__).with_name("queries.sql"))
KeyKind = Literal["write", "admin"]


class FoundKey(Struct, frozen=True, kw_only=True):
    """What a key opens."""

    workspace_id: WorkspaceId
    kind: KeyKind
    role: AccessRole | None = None
    """What an admin key may do; a write key has none."""
    exports: bool = False


class ApiKey(Struct, frozen=True, kw_only=True):
    """A key as a list may show it: the key itself is not kept."""

    id: int
    kind: KeyKind
    role: AccessRole | None
    """What an admin key may do; a write key has none."""
    exports: bool
    """Whether an analyst's key may export."""
    hint: str
    """Its last four characters."""
    created_at: datetime
    revoked_at: datetime | None


def create_key(
    tx: Transaction,
    workspace_id: WorkspaceId,
    kind: KeyKind,
    now: datetime,
    *,
    role: AccessRole | None = None,
    exports: bool = False,
) -> str:
    """Make a key; the answer is the only time it is seen. An admin key without a role is an owner's."""
    if kind == "write" and (role is not None or exports):
        raise Malformed("A write key only lets events in; roles are for admin keys.", path="role")
    key = new_token("hg_w_" if kind == "write" else "hg_a_")
    queries.execute(
        tx,
        "create_key",
        workspace_id=workspace_id,
        kind=kind,
        role=None if kind == "write" else role or "owner",
        exports=exports,
        hash=token_hash(key),
        hint=key[-4:],
        now=now,
    )
    return key


def list_keys(tx: Transaction, workspace_id: WorkspaceId) -> list[ApiKey]:
    """Every key there ever was, oldest first."""
    return queries.rows(tx, "list_keys", ApiKey, workspace_id=workspace_id)


def revoke_key(tx: Transaction, workspace_id: WorkspaceId, key_id: int, now: datetime) -> ApiKey:
    """From a second after the commit it opens nothing; a second time changes nothing. Raises NotFound."""
    found = queries.one(tx, "revoke_key", ApiKey, workspace_id=workspace_id, id=key_id, now=now)
    if found is None:
        raise NotFound(f"There is no key number {key_id}; `hourglass keys list` shows them.")
    return found


def find_key(tx: Transaction, key: str) -> FoundKey | None:
    """What this key opens, or None for an unknown or revoked one."""
    return queries.one(tx, "find_key", FoundKey, hash=token_hash(key))


def living_keys(tx: Transaction) -> dict[bytes, FoundKey]:
    """Every key that is not revoked, by its digest."""
    rows = queries.tuples(tx, "living_keys")
    return {digest: FoundKey(workspace_id=workspace_id, kind=kind) for digest, workspace_id, kind in rows}
