"""How providers do, for everybody to see: closed is well, open is left alone, probing is being tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from msgspec import Struct

from hourglass.kernel import Clock, WorkspaceId
from hourglass.messages.delivery.breaker import State
from hourglass.messages.delivery.outlet import Outlet
from hourglass.postgres import Database, Queries, Transaction

_queries = Queries(Path(__file__).with_name("health.sql"))
_FORGOTTEN = timedelta(minutes=5)


class ProviderState(Struct, frozen=True, kw_only=True):
    """What one worker sees of a provider; `until`: when it is tried again."""

    workspace_id: int
    provider: str
    channel: str
    state: State
    until: datetime | None
    why: str | None


class ProviderHealth(Struct, frozen=True, kw_only=True):
    """A provider as the worst-off of the workers sees it."""

    provider: str
    channel: str
    state: State
    since: datetime
    until: datetime | None
    why: str | None
    workers: int


def health_of(outlet: Outlet, clock: Clock) -> ProviderState:
    """As of now."""
    breaker, seconds = outlet.breaker, outlet.seconds
    return ProviderState(
        workspace_id=outlet.way.workspace_id,
        provider=outlet.way.name,
        channel=outlet.way.channel,
        state=breaker.state,
        until=clock.now() + timedelta(seconds=seconds) * clock.pace() if breaker.state == "open" else None,
        why=breaker.why or None,
    )


def note_health(database: Database, worker: UUID, states: Sequence[ProviderState], now: datetime) -> None:
    """Of one worker; what workers said who are gone is forgotten."""
    with database.transaction() as tx:
        _queries.execute(
            tx,
            "note",
            worker=worker,
            workspace_ids=[one.workspace_id for one in states],
            providers=[one.provider for one in states],
            channels=[one.channel for one in states],
            states=[one.state for one in states],
            untils=[one.until for one in states],
            whys=[one.why for one in states],
            now=now,
        )
        _queries.execute(tx, "forget", worker=worker, before=now - _FORGOTTEN)


def providers_health(tx: Transaction, workspace_id: WorkspaceId, now: datetime) -> list[ProviderHealth]:
    """The providers that were used lately: those of the workspace and those of the installation."""
    return _queries.rows(tx, "health", ProviderHealth, workspace_id=workspace_id, since=now - _FORGOTTEN)
