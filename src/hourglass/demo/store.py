"""Keeps where the demo stands, and furnishes its workspace."""

from __future__ import annotations

from pathlib import Path

import msgspec
from psycopg.types.json import Jsonb

from hourglass.demo.progress import Progress
from hourglass.demo.retail import CURRENCY
from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))


def standing(tx: Transaction, workspace_id: WorkspaceId) -> Progress | None:
    """Where the demo was left, or None before its first start."""
    state = _queries.scalar(tx, "progress", workspace_id=workspace_id)
    return None if state is None else msgspec.convert(state, Progress)


def keep(tx: Transaction, workspace_id: WorkspaceId, progress: Progress) -> None:
    """Remember it."""
    _queries.execute(tx, "keep", workspace_id=workspace_id, state=Jsonb(progress.as_json()))


def has_other_data(tx: Transaction, workspace_id: WorkspaceId) -> bool:
    """Whether people or events are here already: a demo never mixes with a shop's own data."""
    return bool(_queries.scalar(tx, "strangers", workspace_id=workspace_id))


def furnish(tx: Transaction, workspace_id: WorkspaceId) -> None:
    """Name, money and zone of the shop whose data it is."""
    words = {"name": "Online Retail demo shop", "currency": CURRENCY, "zone": "Europe/London", "locale": "en"}
    _queries.execute(tx, "furnish", workspace_id=workspace_id, **words)
