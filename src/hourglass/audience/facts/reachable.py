"""Whom a channel reaches: an address, a yes that stands, no suppression."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from hourglass.audience.facts.fact import Fact, all_flags, flags
from hourglass.channels import discover
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction
from hourglass.profiles import EVERY_TOPIC

_queries = Queries(Path(__file__).with_name("addresses.sql"))


def _read(tx: Transaction, workspace_id: WorkspaceId, asked: Sequence[str], profile_ids: Sequence[int]) -> pl.DataFrame:
    """`asked`: `email` (any topic) or `email:news`. A channel without a plug-in reaches nobody."""
    addresses = {manifest.channel: manifest.address for manifest in discover().values()}
    parts = [one.partition(":") for one in asked]
    names = [f"reachable:{one}" for one in asked]
    rows = _queries.tuples(
        tx,
        "reachable",
        workspace_id=workspace_id,
        ids=list(profile_ids),
        names=names,
        channels=[channel for channel, _, _ in parts],
        kinds=[addresses.get(channel) for channel, _, _ in parts],
        topics=[topic or None for _, _, topic in parts],
        every=EVERY_TOPIC,
    )
    return flags(rows, names)


def _read_all(tx: Transaction, workspace_id: WorkspaceId, asked: Sequence[str]) -> pl.DataFrame:
    addresses = {manifest.channel: manifest.address for manifest in discover().values()}
    values = {"workspace_id": workspace_id, "every": EVERY_TOPIC}
    parts = [one.partition(":") for one in asked]
    parameters = [
        values | {"channel": channel, "kind": addresses.get(channel), "topic": topic or None}
        for channel, _, topic in parts
    ]
    return all_flags(tx, _queries, "all_reachable", parameters, [f"reachable:{one}" for one in asked])


REACHABLE = Fact(prefix="reachable", read=_read, read_all=_read_all)
