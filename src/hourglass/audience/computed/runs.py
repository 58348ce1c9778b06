"""The note of each workspace's last run: one at a time, what came of it, and whether tonight's is still to be done."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct
from psycopg.types.json import Jsonb

from hourglass.audience.computed.family import Memory
from hourglass.kernel import Conflict, Workspace, WorkspaceId
from hourglass.postgres import Database, Queries, Transaction

_queries = Queries(Path(__file__).with_name("queries.sql"))
NIGHT_HOUR = 3
"""Of the workspace's zone."""
_GIVEN_UP = timedelta(hours=2)
_AGAIN = timedelta(minutes=30)
"""After a run that did not finish."""


class Run(Struct, frozen=True, kw_only=True):
    """The last run. `night`: the day whose night is done; `clusters`: number, words, people, centre of each."""

    started_at: datetime
    finished_at: datetime | None
    night: date | None
    report: dict[str, Any] | None
    problem: str | None
    clusters: list[dict[str, Any]]


def last_run(tx: Transaction, workspace_id: WorkspaceId) -> Run | None:
    """The note, or None before the first run."""
    return _queries.one(tx, "last_run", Run, workspace_id=workspace_id)


def is_due(tx: Transaction, workspace: Workspace, now: datetime) -> bool:
    """Whether the night's run is still to be done: never run, or not since the last night hour."""
    run = last_run(tx, workspace.id)
    if run is None:
        return True
    if run.started_at > now - _AGAIN and (run.problem is not None or run.finished_at is None):
        return False
    return run.night is None or run.night < night_of(workspace, now)


def night_of(workspace: Workspace, now: datetime) -> date:
    """The day whose night it was last: until the night hour that is yesterday."""
    return (now.astimezone(workspace.tz()) - timedelta(hours=NIGHT_HOUR)).date()


def claim(database: Database, workspace: Workspace, now: datetime) -> None:
    """Begin a run; raises Conflict while another is under way."""
    with database.transaction() as tx:
        if not _queries.execute(tx, "claim", workspace_id=workspace.id, now=now, given_up=now - _GIVEN_UP):
            raise Conflict("The traits are being computed at this moment.")


def give_up(database: Database, workspace: Workspace, problem: str) -> None:
    """Say why a run did not finish."""
    with database.transaction() as tx:
        _queries.execute(tx, "give_up", workspace_id=workspace.id, problem=problem[:1000])


def memory(database: Database, workspace_id: WorkspaceId) -> Memory:
    """What the last finished run left for the next."""
    with database.transaction() as tx:
        run = last_run(tx, workspace_id)
    return [] if run is None else run.clusters


def finish(database: Database, workspace: Workspace, now: datetime, report: Struct, memory: Memory) -> None:
    """Say what a run did. A run over nobody does not count as the night's."""
    told: dict[str, Any] = msgspec.to_builtins(report)
    with database.transaction() as tx:
        _queries.execute(
            tx,
            "finish",
            workspace_id=workspace.id,
            now=now,
            night=night_of(workspace, now) if told["people"] else None,
            report=Jsonb(told),
            clusters=Jsonb(list(memory)),
        )
