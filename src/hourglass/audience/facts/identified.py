"""By which kinds of identifiers people are known."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from hourglass.audience.facts.fact import Fact, all_flags, flags
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("addresses.sql"))


def _read(tx: Transaction, workspace_id: WorkspaceId, kinds: Sequence[str], profile_ids: Sequence[int]) -> pl.DataFrame:
    rows = _queries.tuples(tx, "identified", workspace_id=workspace_id, ids=list(profile_ids), kinds=list(kinds))
    return flags(rows, [f"identified:{kind}" for kind in kinds])


def _read_all(tx: Transaction, workspace_id: WorkspaceId, kinds: Sequence[str]) -> pl.DataFrame:
    parameters = [{"workspace_id": workspace_id, "kind": kind} for kind in kinds]
    return all_flags(tx, _queries, "all_identified", parameters, [f"identified:{kind}" for kind in kinds])


IDENTIFIED = Fact(prefix="identified", read=_read, read_all=_read_all)
