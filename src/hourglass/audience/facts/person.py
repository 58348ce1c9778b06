"""The number of the person."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from hourglass.audience.facts.fact import Fact
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Transaction


def _read(tx: Transaction, workspace_id: WorkspaceId, asked: Sequence[str], profile_ids: Sequence[int]) -> pl.DataFrame:
    del tx, workspace_id, asked
    people = pl.DataFrame({"profile_id": profile_ids}, schema={"profile_id": pl.Int64})
    return people.with_columns(pl.col("profile_id").alias("person:id"))


PERSON = Fact(prefix="person", read=_read)
