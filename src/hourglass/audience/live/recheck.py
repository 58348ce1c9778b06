"""The plan of rechecks: when time alone may move a person, they are asked again."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("recheck.sql"))


def plan_rechecks(tx: Transaction, workspace_id: WorkspaceId, answers: pl.DataFrame) -> None:
    """`answers`: subject and `due`, a moment or missing. An earlier moment that stands is kept."""
    if answers["due"].null_count() < answers.height:
        due = answers.filter(pl.col("due").is_not_null())
        _queries.execute(
            tx,
            "plan_rechecks",
            workspace_id=workspace_id,
            profiles=due["subject"].to_list(),
            dues=due["due"].dt.timestamp("us").to_list(),
        )
