"""API keys: `write` lets events in, `admin` opens the admin API."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.web.auth.tokens import new_token, token_hash

queries = Queries(Path(__file__).with_name("queries.sql"))
KeyKind = Literal["write", "admin"]


class FoundKey(Struct, frozen=True, kw_only=True):
    """What a key opens."""

    workspace_id: WorkspaceId
    kind: KeyKind


def create_key(tx: Transaction, workspace_id: WorkspaceId, kind: KeyKind, now: datetime) -> str:
    """Make a key; the answer is the only time it is seen."""
    key = new_token("hg_w_" if kind == "write" else "hg_a_")
    queries.execute(
        tx, "create_key", workspace_id=workspace_id, kind=kind, hash=token_hash(key), hint=key[-4:], now=now
    )
    return key


def find_key(tx: Transaction, key: str) -> FoundKey | None:
    """What this key opens, or None for an unknown or revoked one."""
    return queries.one(tx, "find_key", FoundKey, hash=token_hash(key))


def living_keys(tx: Transaction) -> dict[bytes, FoundKey]:
    """Every key that is not revoked, by its digest."""
    rows = queries.tuples(tx, "living_keys")
    return {digest: FoundKey(workspace_id=workspace_id, kind=kind) for digest, workspace_id, kind in rows}
