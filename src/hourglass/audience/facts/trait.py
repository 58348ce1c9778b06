"""Traits, as text: nested ones by their path, computed ones from their own table; e-mail and phone are columns."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import LiteralString, cast

import polars as pl
from psycopg import sql

from hourglass.audience.computed import is_computed, read_computed
from hourglass.audience.facts.fact import Fact
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction, json_field, read_frame, read_packed

_queries = Queries(Path(__file__).with_name("facts.sql"))
_COLUMNS = {"email": sql.SQL("coalesce(p.email, {})"), "phone": sql.SQL("coalesce(p.phone, {})")}
_TRAITS, _TRAIT = sql.Identifier("p", "traits"), sql.SQL("{}")


def _read(tx: Transaction, workspace_id: WorkspaceId, names: Sequence[str], profile_ids: Sequence[int]) -> pl.DataFrame:
    computed = [name for name in names if is_computed(name)]
    found = _told(tx, workspace_id, [name for name in names if not is_computed(name)], profile_ids)
    if computed:
        found = found.join(read_computed(tx, workspace_id, computed, profile_ids), on="profile_id", how="left")
    return found


def _told(tx: Transaction, workspace_id: WorkspaceId, names: Sequence[str], profile_ids: Sequence[int]) -> pl.DataFrame:
    """What somebody said about these people."""
    schema = {"profile_id": pl.Int64()} | {f"trait:{name}": pl.String() for name in names}
    if not names:
        return pl.DataFrame({"profile_id": list(profile_ids)}, schema=schema)
    values = {"workspace_id": workspace_id, "ids": list(profile_ids)}
    return read_frame(tx, _statement(tx, "traits", names), values, schema)


def _statement(tx: Transaction, query: str, names: Sequence[str]) -> str:
    columns = [_COLUMNS.get(name, _TRAIT).format(json_field(_TRAITS, name)) for name in names]
    text = cast("LiteralString", _queries.sql(query))
    return sql.SQL(text).format(columns=sql.SQL(", ").join(columns)).as_string(tx)


def _read_all(tx: Transaction, workspace_id: WorkspaceId, names: Sequence[str]) -> pl.DataFrame:
    computed = [name for name in names if is_computed(name)]
    told = [name for name in names if not is_computed(name)]
    found = _all_told(tx, workspace_id, told) if told else read_computed(tx, workspace_id, computed, None)
    if told and computed:
        found = found.join(read_computed(tx, workspace_id, computed, None), on="profile_id", how="left")
    return found


def _all_told(tx: Transaction, workspace_id: WorkspaceId, names: Sequence[str]) -> pl.DataFrame:
    schema = {"profile_id": pl.Int64()} | {f"trait:{name}": pl.String() for name in names}
    return read_packed(tx, _statement(tx, "all_traits", names), {"workspace_id": workspace_id}, schema)


TRAIT = Fact(prefix="trait", read=_read, read_all=_read_all)
