"""Who a condition means, before anything is saved: how many, and a few of them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import polars as pl
from msgspec import Struct

from hourglass.audience.ask import Asker
from hourglass.audience.compile import compile_conditions
from hourglass.audience.parse import parse_condition
from hourglass.history import EventNames
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))
_SAMPLE = 20


class Sampled(Struct, frozen=True, kw_only=True):
    """One person of the sample."""

    id: int
    name: str | None
    email: str | None


class Preview(Struct, frozen=True, kw_only=True):
    """How many people, and some of them, known ones first."""

    count: int
    sample: list[Sampled]


def preview(tx: Transaction, workspace: Workspace, condition: Any, now: datetime) -> Preview:
    """Evaluate a condition document over everybody. Raises Malformed with the path."""
    compiled = compile_conditions({"it": parse_condition(condition)}, workspace)
    rows = _queries.tuples(tx, "everybody", workspace_id=workspace.id)
    subjects = pl.DataFrame({"subject": [row[0] for row in rows]}, schema={"subject": pl.Int64})
    subjects = subjects.with_columns(pl.col("subject").alias("profile_id"))
    answers = Asker(EventNames()).ask(tx, workspace.id, compiled, subjects, now)
    found = answers.filter(pl.col("it"))["subject"].to_list()
    sample = _queries.rows(tx, "sample", Sampled, workspace_id=workspace.id, ids=found, most=_SAMPLE)
    return Preview(count=len(found), sample=sample)
