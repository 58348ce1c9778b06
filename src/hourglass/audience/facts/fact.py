"""What is known about people outside of their events, as columns: who can provide it, and how it is read at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import polars as pl
from msgspec import Struct

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction

Read = Callable[[Transaction, WorkspaceId, Sequence[str], Sequence[int]], pl.DataFrame]


class Fact(Struct, frozen=True, kw_only=True):
    """One file each. Columns are named `<prefix>:<rest>`.

    `read` gets the rests that are wanted and profile ids, and answers profile_id and those columns; people of whom
    nothing is known may be left out.
    """

    prefix: str
    read: Read


def flags(rows: Sequence[tuple[int, str]], columns: Sequence[str]) -> pl.DataFrame:
    """(profile id, column) pairs to a frame of truths."""
    schema = {"profile_id": pl.Int64, "column": pl.String}
    long = pl.DataFrame(rows, schema=schema, orient="row").filter(pl.col("column").is_in(columns))
    answers = [pl.col("column").eq(column).any().alias(column) for column in columns]
    return long.group_by("profile_id").agg(answers)
