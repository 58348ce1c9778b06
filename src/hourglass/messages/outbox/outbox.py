"""The outbox: what the engine decided to say, written in the tick's own transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from psycopg.types.json import Jsonb

from hourglass.kernel import ProfileId, RunId, WorkspaceId
from hourglass.messages.outbox.fall_back import Instead
from hourglass.messages.policy.standing import standing
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
    others: tuple[Instead, ...] = ()
    """What is tried where the channels before cannot bring it."""
    cheapest: bool = False
    """The channels are tried in the order of what they cost."""


def enqueue(tx: Transaction, rows: Sequence[OutboxRow]) -> int:
    """Put messages into the outbox; how many were new. A (run, step) enters once, however often it comes."""
    if not rows:
        return 0
    rows = _by_price(tx, rows)
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
        others=[Jsonb(msgspec.to_builtins(row.others)) if row.others else None for row in rows],
    )
    _queries.tuples(tx, "notify_outbox")
    return new


def _by_price(tx: Transaction, rows: Sequence[OutboxRow]) -> list[OutboxRow]:
    """Those that are to leave by the cheapest channel begin with it; equal prices keep the order of the author."""
    wanted = {row.workspace_id for row in rows if row.cheapest}
    prices = {workspace_id: standing(tx, workspace_id).prices for workspace_id in wanted}
    return [_cheapest_first(row, prices[row.workspace_id]) if row.cheapest else row for row in rows]


def _cheapest_first(row: OutboxRow, prices: Mapping[str, float]) -> OutboxRow:
    ways = (Instead(row.channel, row.template), *row.others)
    first, *others = sorted(ways, key=lambda way: prices.get(way.channel, 0.0))
    return replace(row, channel=first.channel, template=first.template, others=tuple(others))


def cancel(tx: Transaction, workspace_id: WorkspaceId, run_ids: Sequence[RunId], reason: str) -> int:
    """Withhold what runs have in the outbox and nobody handed over yet; how many messages that was."""
    if not run_ids:
        return 0
    withheld = _queries.execute(tx, "cancel", workspace_id=workspace_id, run_ids=list(run_ids), reason=reason)
    if withheld:
        _queries.tuples(tx, "notify_withheld")
    return withheld
