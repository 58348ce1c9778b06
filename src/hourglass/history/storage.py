"""Writes a batch into the hot history, and counts it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import polars as pl

from hourglass.history.batch import Batch
from hourglass.history.columns import TYPED
from hourglass.history.frame import event_frame, own_revenue
from hourglass.history.names import EventNames
from hourglass.kernel import Workspace
from hourglass.postgres import Queries, Transaction, copy_frame

_queries = Queries(Path(__file__).with_name("queries.sql"))
_COLUMNS = ("workspace_id", "identity_id", "name_id", "at", "seq", "message_id", *TYPED, "properties")


def store(tx: Transaction, workspace: Workspace, batch: Batch, names: EventNames, now: datetime) -> pl.DataFrame:
    """Add the events to the hot history; the answer is the frame, for the lake among others."""
    frame = event_frame(batch, workspace)
    if batch.events:
        ids = names.ids(tx, workspace.id, batch.names, now)
        hot = frame.lazy().with_columns(
            pl.col("event").replace_strict(ids, return_dtype=pl.Int32).alias("name_id"),
            pl.col("id").alias("message_id"),
            own_revenue(workspace).alias("revenue"),
            _labelled().alias("properties"),
        )
        copy_frame(tx, "events", _COLUMNS, hot)
    return frame


def _labelled() -> pl.Expr:
    """Generated events (of the demo) stay recognisable: their properties say `_generated`."""
    generated = pl.col("context").str.contains('"generated":true', literal=True)
    rest = pl.col("properties").str.strip_prefix("{")
    joint = pl.when(rest == "}").then(pl.lit("")).otherwise(pl.lit(","))
    return pl.when(generated).then(pl.concat_str(pl.lit('{"_generated":true'), joint, rest)).otherwise("properties")


def count(tx: Transaction, workspace: Workspace, batch: Batch, worker: int, now: datetime) -> None:
    """Add the batch to the day's totals."""
    historical = sum(event.historical for event in batch.events)
    totals = {"events": len(batch) - historical, "imported": historical}
    for name, value in totals.items():
        if value:
            day = now.astimezone(workspace.tz()).date()
            _queries.execute(tx, "add_count", workspace_id=workspace.id, day=day, name=name, worker=worker, value=value)


def counts(tx: Transaction, workspace: Workspace, now: datetime) -> dict[str, tuple[int, int]]:
    """Totals by name: (ever, today)."""
    day = now.astimezone(workspace.tz()).date()
    return {row[0]: (row[1], row[2]) for row in _queries.tuples(tx, "counts", workspace_id=workspace.id, day=day)}
