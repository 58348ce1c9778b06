"""Present answers of the consent ledger."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from hourglass.audience.facts.fact import Fact, all_flags, flags
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


def _read_all(tx: Transaction, workspace_id: WorkspaceId, asked: Sequence[str]) -> pl.DataFrame:
    pairs = [one.split(":", 1) for one in asked]
    values = {"workspace_id": workspace_id, "every": EVERY_TOPIC}
    parameters = [values | {"channel": channel, "topic": topic} for channel, topic in pairs]
    return all_flags(tx, _queries, "all_consented", parameters, [f"consent:{one}" for one in asked])


CONSENT = Fact(prefix="consent", read=_read, read_all=_read_all)
