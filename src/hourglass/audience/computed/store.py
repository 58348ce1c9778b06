"""The statements of computed traits in PostgreSQL."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import polars as pl

from hourglass.audience.computed.table import Column
from hourglass.definitions import live
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction, copy_frame, read_frame

_queries = Queries(Path(__file__).with_name("queries.sql"))
_PEOPLE = {"profile_id": pl.Int64(), "known": pl.Boolean(), "subscribed": pl.Boolean()}
_INCOMING = "incoming_traits"


def read_people(tx: Transaction, workspace_id: WorkspaceId) -> pl.DataFrame:
    """Everybody, by id: profile_id, known, subscribed."""
    return read_frame(tx, _queries.sql("people"), {"workspace_id": workspace_id}, _PEOPLE)


def receive(tx: Transaction, workspace_id: WorkspaceId, documents: pl.DataFrame) -> None:
    """Take profile_id and traits into this transaction, and find what differs from what is stored."""
    _queries.execute(tx, "make_room")
    copy_frame(tx, _INCOMING, ("profile_id", "traits"), documents)
    _queries.execute(tx, "find_changed", workspace_id=workspace_id)


def changed_families(tx: Transaction, workspace_id: WorkspaceId, columns: Sequence[Column]) -> dict[str, int]:
    """How many people have another value in each family."""
    rows = _queries.tuples(
        tx,
        "changed_families",
        workspace_id=workspace_id,
        families=[column.family for column in columns],
        names=[column.trait for column in columns],
    )
    return dict(rows)


def plan_rechecks(tx: Transaction, workspace_id: WorkspaceId, used: Collection[str], now: datetime) -> int:
    """Have those looked at now of whom one of the used traits changed; how many."""
    return _queries.execute(tx, "plan_rechecks", workspace_id=workspace_id, used=sorted(used), now=now)


def put(tx: Transaction, workspace_id: WorkspaceId, now: datetime) -> None:
    """Store what differs."""
    _queries.execute(tx, "put", workspace_id=workspace_id, now=now)


def remove_gone(tx: Transaction, workspace_id: WorkspaceId) -> int:
    """Forget people who were erased, expired or merged into others; how many rows it were."""
    return _queries.execute(tx, "remove_gone", workspace_id=workspace_id)


def used_traits(tx: Transaction, workspace_id: WorkspaceId) -> set[str]:
    """Every trait that a live segment names."""
    return {name for segment in live(tx, workspace_id, "segment") for name in named_traits(segment.body)}


def named_traits(node: object) -> set[str]:
    """What stands behind `trait` anywhere in a document; only the words matter here, not what they mean."""
    if isinstance(node, dict):
        members = cast("dict[str, Any]", node)
        own = {members["trait"]} if isinstance(members.get("trait"), str) else set[str]()
        return own.union(*map(named_traits, members.values()))
    if isinstance(node, list):
        return set[str]().union(*map(named_traits, cast("list[Any]", node)))
    return set()
