"""The outbox: what the engine decided to say, written in the tick's own transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from psycopg.types.json import Jsonb

from hourglass.kernel import ProfileId, RunId, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))
MessageClass = Literal["marketing", "transactional"]


class OutboxRow(Struct, frozen=True, kw_only=True):
    """One message to be sent. `facts` is the entry event of the run: `{event, at, message_id, properties}`."""

    workspace_id: WorkspaceId
    profile_id: ProfileId
    run_id: RunId
    journey_id: int
    step: str
    channel: str
    template: str
    topic: str
    message_class: MessageClass
    facts: dict[str, Any]
    created_at: datetime
    not_before: datetime


def enqueue(tx: Transaction, rows: Sequence[OutboxRow]) -> int:
    """Put messages into the outbox; how many were new. A (run, step) enters once, however often it comes."""
    if not rows:
        return 0
    new = _queries.execute(
        tx,
        "enqueue",
        workspace_ids=[row.workspace_id for row in rows],
        profile_ids=[row.profile_id for row in rows],
        run_ids=[row.run_id for row in rows],
        journey_ids=[row.journey_id for row in rows],
        steps=[row.step for row in rows],
        channels=[row.channel for row in rows],
        templates=[row.template for row in rows],
        topics=[row.topic for row in rows],
        classes=[row.message_class for row in rows],
        facts=[Jsonb(row.facts) for row in rows],
        created_at=[row.created_at for row in rows],
        not_before=[row.not_before for row in rows],
    )
    _queries.tuples(tx, "notify_outbox")
    return new


def cancel(tx: Transaction, workspace_id: WorkspaceId, run_ids: Sequence[RunId], reason: str) -> int:
    """Withhold what runs have in the outbox and nobody handed over yet; how many messages that was."""
    if not run_ids:
        return 0
    withheld = _queries.execute(tx, "cancel", workspace_id=workspace_id, run_ids=list(run_ids), reason=reason)
    if withheld:
        _queries.tuples(tx, "notify_withheld")
    return withheld
