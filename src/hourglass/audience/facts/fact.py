"""What is known about people outside of their events, as columns: who can provide it, and how it is read at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl
from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction, read_packed

Read = Callable[[Transaction, WorkspaceId, Sequence[str], Sequence[int]], pl.DataFrame]
ReadAll = Callable[[Transaction, WorkspaceId, Sequence[str]], pl.DataFrame]


class Fact(Struct, frozen=True, kw_only=True):
    """One file each. Columns are named `<prefix>:<rest>`.

    `read` gets the rests that are wanted and profile ids, and answers profile_id and those columns; people of whom
    nothing is known may be left out. `read_all` says the same of everybody, several times as fast; whom nobody asks
    about may be in it, too.
    """

    prefix: str
    read: Read
    read_all: ReadAll | None = None


def all_flags(
    tx: Transaction, queries: Queries, name: str, parameters: Sequence[Mapping[str, Any]], columns: Sequence[str]
) -> pl.DataFrame:
    """A query that answers profile ids, each once, run for one column after the other, to a frame of truths."""
    found = pl.DataFrame(schema={"profile_id": pl.Int64})
    for values, column in zip(parameters, columns, strict=True):
        one = read_packed(tx, queries.sql(name), values, {"profile_id": pl.Int64})
        one = one.with_columns(pl.lit(value=True).alias(column))
        found = found.join(one, on="profile_id", how="full", coalesce=True)
    return found.with_columns(pl.col(columns).fill_null(value=False))


def flags(rows: Sequence[tuple[int, str]], columns: Sequence[str]) -> pl.DataFrame:
    """(profile id, column) pairs to a frame of truths."""
    schema = {"profile_id": pl.Int64, "column": pl.String}
    long = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("column").is_in(columns))
    answers = [pl.col("column").eq(column).any().alias(column) for column in columns]
    return long.group_by("profile_id").agg(answers)
