"""The queue of those who are to be let into a journey by something else than their own event."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from psycopg.types.json import Jsonb

from hourglass.journeys.entries.trigger import Trigger
from hourglass.journeys.registry import Listening
from hourglass.kernel import ProfileId, Workspace, WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("queue.sql"))
_PER_TICK = 4000
Source = Literal["event", "call", "segment", "schedule", "date", "product", "journey"]


class Entrant(Struct, frozen=True, kw_only=True):
    """Somebody who is to enter. `at`: when the occasion was; `facts` become the entry of the run."""

    profile_id: int
    at: datetime
    seq: int
    correlation: str = ""
    facts: dict[str, Any]


def position(tx: Transaction) -> int:
    """The place in the log up to which everything has been read."""
    return int(_queries.scalar(tx, "position"))


def put(
    tx: Transaction,
    workspace_id: WorkspaceId,
    journey_id: int,
    pace: timedelta | None,
    entrants: Sequence[Entrant],
    source: Source,
    now: datetime,
) -> None:
    """Queue them. `pace`: the time between two of them, where the journey has a throttle."""
    if not entrants:
        return
    doorway = Doorway(tx, workspace_id, journey_id, pace, now)
    _queries.execute(
        tx,
        "put",
        workspace_id=workspace_id,
        journey_id=journey_id,
        first=doorway.first,
        pace=doorway.pace,
        source=source,
        profiles=[one.profile_id for one in entrants],
        correlations=[one.correlation for one in entrants],
        ats=[one.at for one in entrants],
        seqs=[one.seq for one in entrants],
        facts=[Jsonb(one.facts) for one in entrants],
    )
    doorway.close(len(entrants))


class Doorway:
    """Lets in so many an hour: from `first` on, one each `pace` (zero without a throttle). Close it with the number."""

    def __init__(
        self, tx: Transaction, workspace_id: WorkspaceId, journey_id: int, pace: timedelta | None, now: datetime
    ) -> None:
        self._tx = tx
        self._place = {"workspace_id": workspace_id, "journey_id": journey_id}
        self.pace = pace or timedelta()
        self.first: datetime = now if pace is None else _queries.scalar(tx, "free_at", **self._place, now=now)

    def close(self, count: int) -> None:
        """So many have their moments now; the next one comes after them."""
        if self.pace and count:
            _queries.execute(self._tx, "taken_until", **self._place, count=count, pace=self.pace)


def take(tx: Transaction, workspace: Workspace, listening: Listening, due: datetime) -> list[Trigger]:
    """Some of those whose moment has come, a fair share of each journey; they are in the queue no more."""
    rows = _queries.tuples(
        tx, "take", workspace_id=workspace.id, journeys=sorted(listening.moving), due=due, most=_PER_TICK
    )
    return [
        Trigger(
            standing=listening.live[journey_id],
            profile_id=ProfileId(profile_id),
            correlation=correlation,
            at=not_before,
            seq=seq,
            facts=facts,
        )
        for journey_id, profile_id, correlation, not_before, seq, facts in rows
    ]


def next_due(tx: Transaction, workspace: Workspace, listening: Listening) -> datetime | None:
    """When the next of them may enter."""
    return _queries.scalar(tx, "next_due", workspace_id=workspace.id, journeys=sorted(listening.moving))


def follow(tx: Transaction, workspace_id: WorkspaceId, merged: Iterable[tuple[int, int]]) -> None:
    """`merged`: (loser, winner) profiles; who waits at a door waits on as the person they are now."""
    pairs = list(merged)
    losers, winners = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    _queries.execute(tx, "follow", workspace_id=workspace_id, losers=losers, winners=winners)
