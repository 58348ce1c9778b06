"""Membership of segments and lists, as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from hourglass.audience.facts.fact import Fact, all_flags, flags
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("facts.sql"))


def _read(tx: Transaction, workspace_id: WorkspaceId, keys: Sequence[str], profile_ids: Sequence[int]) -> pl.DataFrame:
    rows = _queries.tuples(tx, "members", workspace_id=workspace_id, keys=list(keys), ids=list(profile_ids))
    return flags(rows, [f"segment:{key}" for key in keys])


def _read_all(tx: Transaction, workspace_id: WorkspaceId, keys: Sequence[str]) -> pl.DataFrame:
    parameters = [{"workspace_id": workspace_id, "key": key} for key in keys]
    return all_flags(tx, _queries, "all_members", parameters, [f"segment:{key}" for key in keys])


SEGMENT = Fact(prefix="segment", read=_read, read_all=_read_all)
