"""Taking due messages out of the outbox, each by one worker only."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from enum import IntEnum
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from msgspec import Struct

from hourglass.messages.outbox.outbox import MessageClass
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))


class Lane(IntEnum):
    """Which queue of the outbox a message stands in; so a large campaign never stands before a single letter."""

    TRIGGERED = 0
    CAMPAIGN = 1


class Claim(Struct, frozen=True, kw_only=True):
    """A message that this worker alone may hand over."""

    workspace_id: int
    id: int
    profile_id: int
    channel: str
    template: str
    topic: str
    message_class: MessageClass
    facts: dict[str, Any]
    created_at: datetime
    attempts: int
    lane: Lane = Lane.TRIGGERED
    source: str | None = None
    """The key of the journey or campaign that it comes from."""

    @property
    def marketing(self) -> bool:
        """Whether consent and caps apply."""
        return self.message_class == "marketing"

    def fact(self, name: str) -> Any:
        """A property of the entry event."""
        return self.properties.get(name)

    @property
    def properties(self) -> dict[str, Any]:
        """Those of the entry event."""
        told = self.facts.get("properties")
        return cast("dict[str, Any]", told) if isinstance(told, dict) else {}


def claim(
    tx: Transaction, worker: UUID, channels: Iterable[str], limit: int, now: datetime, lane: Lane = Lane.TRIGGERED
) -> list[Claim]:
    """Due messages of a lane and these channels, `limit` at most; from now on they are this worker's."""
    return _queries.rows(
        tx, "claim", Claim, worker=worker, channels=list(channels), limit=limit, now=now, lane=int(lane)
    )


def next_due(tx: Transaction, channels: Iterable[str], lane: Lane = Lane.TRIGGERED) -> datetime | None:
    """When the next message of a lane falls due; None when nothing waits."""
    return _queries.scalar(tx, "next_due", channels=list(channels), lane=int(lane))


def withheld_meanwhile(tx: Transaction, held: Collection[tuple[int, int]]) -> set[int]:
    """Which of the messages one holds (workspace, id) must not leave any more."""
    workspaces, ids = sorted({pair[0] for pair in held}), [pair[1] for pair in held]
    return {row[0] for row in _queries.tuples(tx, "withheld_meanwhile", workspace_ids=workspaces, ids=ids)}
