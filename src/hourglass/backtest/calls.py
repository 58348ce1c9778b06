"""Who was put into a journey by programs and by hand in a period: the same people stand at the door of its draft."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from msgspec import Struct
from psycopg.types.json import Jsonb

from hourglass.kernel import WorkspaceId
from hourglass.postgres import Queries, Transaction

_queries = Queries(Path(__file__).with_name("calls.sql"))


class Call(Struct, frozen=True, kw_only=True):
    """One person who came in by a call."""

    profile_id: int
    correlation: str
    at: datetime
    seq: int
    facts: dict[str, Any]


def read_calls(
    live: Transaction, workspace_id: WorkspaceId, journeys: Sequence[int], start: datetime, stop: datetime
) -> list[Call]:
    """Those whom the journeys let in; whom their re-entry turned away nobody has noted."""
    return _queries.rows(
        live, "calls", Call, workspace_id=workspace_id, journeys=list(journeys), start=start, stop=stop
    )


def repeat_calls(inside: Transaction, workspace_id: WorkspaceId, journey_id: int, calls: Sequence[Call]) -> None:
    """Queue them in the scratch, each for their moment."""
    if calls:
        _queries.execute(
            inside,
            "repeat",
            workspace_id=workspace_id,
            journey_id=journey_id,
            profiles=[one.profile_id for one in calls],
            correlations=[one.correlation for one in calls],
            ats=[one.at for one in calls],
            seqs=[one.seq for one in calls],
            facts=[Jsonb(one.facts) for one in calls],
        )
