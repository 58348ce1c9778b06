"""Beside the tick: looks for occasions that no event tells of, and queues those whom they concern."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from hourglass.journeys.entries.by_date import by_date
from hourglass.journeys.entries.by_product import by_product
from hourglass.journeys.entries.by_schedule import by_schedule, welcome
from hourglass.journeys.registry import Journeys, Standing
from hourglass.journeys.ways.way import OnDate, OnProduct, OnSchedule, OnSegment
from hourglass.kernel import RunId, Workspace, WorkspaceId
from hourglass.log import wake
from hourglass.messages import cancel
from hourglass.postgres import Database, Queries, Transaction

_queries = Queries(Path(__file__).with_name("sweep.sql"))


class Sweep:
    """Looks again and again; it remembers compiled journeys and nothing else."""

    def __init__(self) -> None:
        self._journeys = Journeys()
        self._archived: dict[WorkspaceId, int] = {}
        self._waiting: dict[WorkspaceId, bool] = {}

    @property
    def waiting(self) -> bool:
        """Whether any journey waits for an occasion, as of the last look."""
        return any(self._waiting.values())

    def look(self, database: Database, workspace: Workspace, now: datetime) -> int:
        """How many people were queued. Each journey has a transaction of its own: what is done stays done."""
        with database.transaction() as tx:
            listening = self._journeys.listening(tx, workspace)
            if self._archived.get(workspace.id) != listening.stamp:
                self._archived[workspace.id] = listening.stamp
                cancel(tx, workspace.id, archive_runs(tx, workspace.id, now), "journey_exited")
            looked_at = [one for one in listening.live.values() if _looked_for(one)]
            on_products = [one for one in listening.live.values() if isinstance(one.journey.entry.way, OnProduct)]
            self._waiting[workspace.id] = bool(looked_at or on_products)
            since = _since(tx, workspace, looked_at)
        count = sum(self._one(database, workspace, one, since[one.id], now) for one in looked_at if one.id in since)
        return count + self._products(database, workspace, on_products, now)

    def _one(
        self,
        database: Database,
        workspace: Workspace,
        standing: Standing,
        since: tuple[datetime, int | None],
        now: datetime,
    ) -> int:
        way, (start, welcomed) = standing.journey.entry.way, since
        with database.transaction() as tx:
            count = 0
            match way:
                case OnSegment() if welcomed is None:
                    count = welcome(tx, workspace, standing, way, now)
                case OnSchedule():
                    count = by_schedule(tx, workspace, standing, way, start, now)
                case OnDate():
                    count = by_date(tx, workspace, standing, way, start, now)
                case _:
                    pass
            return _rouse(tx, count)

    def _products(self, database: Database, workspace: Workspace, waiting: list[Standing], now: datetime) -> int:
        with database.transaction() as tx:
            return _rouse(tx, by_product(tx, workspace, waiting, now))


def archive_runs(tx: Transaction, workspace_id: WorkspaceId, now: datetime) -> list[RunId]:
    """Those inside archived journeys leave; their runs."""
    return [RunId(row[0]) for row in _queries.tuples(tx, "archive", workspace_id=workspace_id, now=now)]


def _looked_for(standing: Standing) -> bool:
    way = standing.journey.entry.way
    return isinstance(way, OnSchedule | OnDate) or (isinstance(way, OnSegment) and way.existing)


def _since(tx: Transaction, workspace: Workspace, standings: list[Standing]) -> dict[int, tuple[datetime, int | None]]:
    if not standings:
        return {}
    rows = _queries.tuples(tx, "since", workspace_id=workspace.id, journeys=[one.id for one in standings])
    return {id_: (since, welcomed) for id_, since, welcomed in rows}


def _rouse(tx: Transaction, count: int) -> int:
    if count:
        wake(tx)
    return count
