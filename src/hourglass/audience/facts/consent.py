"""Present answers of the consent ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from hourglass.audience.facts.fact import Fact, flags
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import EVERY_TOPIC

_queries = Queries(Path(__file__).with_name("facts.sql"))


def _read(tx: Transaction, workspace_id: WorkspaceId, asked: Sequence[str], profile_ids: Sequence[int]) -> pl.DataFrame:
    pairs = [one.split(":", 1) for one in asked]
    rows = _queries.tuples(
        tx,
        "consented",
        workspace_id=workspace_id,
        ids=list(profile_ids),
        channels=[channel for channel, _ in pairs],
        topics=[topic for _, topic in pairs],
        every=EVERY_TOPIC,
    )
    return flags(rows, [f"consent:{one}" for one in asked])


CONSENT = Fact(prefix="consent", read=_read)
