"""Computed traits of many people at once, for conditions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import LiteralString, cast

import polars as pl
from psycopg import sql

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction, read_frame, read_packed

_queries = Queries(Path(__file__).with_name("queries.sql"))


def read_computed(
    tx: Transaction, workspace_id: WorkspaceId, names: Sequence[str], profile_ids: Sequence[int] | None
) -> pl.DataFrame:
    """profile_id and, as text, `trait:<name>` for each name; people without any computed trait are left out.

    `profile_ids`: None stands for everybody.
    """
    columns = sql.SQL(", ").join(sql.SQL("traits->>{}").format(sql.Literal(name)) for name in names)
    text = cast("LiteralString", _queries.sql("read_all_computed" if profile_ids is None else "read_computed"))
    schema = {"profile_id": pl.Int64()} | {f"trait:{name}": pl.String() for name in names}
    statement = sql.SQL(text).format(columns=columns).as_string(tx)
    if profile_ids is None:
        return read_packed(tx, statement, {"workspace_id": workspace_id}, schema)
    return read_frame(tx, statement, {"workspace_id": workspace_id, "ids": list(profile_ids)}, schema)
