"""A shop that lives a while, event by event and from one due moment to the next, and can be asked what happened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from hourglass.app.kinds import KINDS
from hourglass.backtest import backtest
from hourglass.definitions import live
from hourglass.engine import Engine
from hourglass.journeys import Sweep, next_occasion, read_journey
from hourglass.kernel import Settings
from hourglass.messages import Rehearsal
from hourglass.postgres import Database, Transaction, find_workspace, list_workspaces
from hourglass.reports import Backtest
from tests.engine.shop import SHOP, Shop


class Lived(Shop):
    """Messages are delivered to nobody, by the same gate."""

    def __init__(self, database: Database, settings: Settings | None = None) -> None:
        super().__init__(database, settings=settings)
        self._rehearsal = Rehearsal()
        self._due = Engine()
        self._sweep = Sweep()

    def live_until(self, moment: datetime) -> None:
        """Let time pass, stopping wherever something falls due, or people are let in by the clock."""
        while (due := self._next_due()) is not None and due <= moment:
            self.clock.set(max(due, self.clock.now()))
            self.work()
        self.clock.set(moment)

    def work(self) -> None:
        """Everything there is to do right now, messages included."""
        self.tick()
        with self.database.transaction() as tx:
            (workspace,) = list_workspaces(tx)
        if self._sweep.look(self.database, workspace, self.clock.now()):
            self.tick()
        with self.database.transaction() as tx:
            self._rehearsal.deliver(tx, self.clock.now())
        self.tick()

    def say(self, at: datetime, *calls: dict[str, Any], **more: Any) -> None:
        """Calls that arrive together at a moment."""
        self.live_until(at)
        self.send(*calls, **more)
        self.work()

    def backtest(self, document: dict[str, Any], start: datetime, stop: datetime, **more: Any) -> Backtest:
        with self.database.transaction() as tx:
            workspace = find_workspace(tx, SHOP)
        return backtest(
            self.database, self.settings.data, workspace, document, start, stop, kinds=KINDS,
            now=self.clock.now() + timedelta(days=400), **more,
        )  # fmt: skip

    def _next_due(self) -> datetime | None:
        with self.database.transaction() as tx:
            (workspace,) = list_workspaces(tx)
            ways = [read_journey(found.body).entry.way for found in live(tx, workspace.id, "journey")]
            moments = [next_occasion(way, workspace, self.clock.now()) for way in ways]
            moments.append(self._due.next_due(tx, workspace))
            moments.append(self._rehearsal.next_due(tx))
        return min((one for one in moments if one is not None), default=None)


def story(tx: Transaction, journey_id: int, since: datetime) -> list[tuple[Any, ...]]:
    """Everything about a journey by the strongest name of the person: entries, steps, messages, in order of time."""
    names = (
        "(SELECT i.value FROM identities i WHERE i.profile_id = {0}.profile_id AND i.kind <> 'email' "
        "ORDER BY i.kind DESC, i.value LIMIT 1)"
    )
    run, message = names.format("r"), names.format("m")
    runs = (
        f"SELECT {run}, 'run', r.entered_at, r.correlation, r.state, coalesce(r.end_reason, ''), r.step "
        "FROM journey_runs r WHERE r.journey_id = %s AND r.entered_at >= %s"
    )
    steps = (
        f"SELECT {run}, 'step', s.at, r.correlation, s.step, s.outcome, s.detail::text "
        "FROM run_steps s JOIN journey_runs r ON r.id = s.run_id WHERE r.journey_id = %s AND r.entered_at >= %s"
    )
    messages = (
        f"SELECT {message}, 'message', m.created_at, m.step, m.state, coalesce(m.reason, ''), "
        "coalesce(m.address, '') || coalesce(m.sent_at::text, '') FROM messages m "
        "WHERE m.journey_id = %s AND m.created_at >= %s"
    )
    queries = (runs, steps, messages)
    rows = (row for query in queries for row in tx.execute(query.encode(), (journey_id, since)).fetchall())
    return sorted(rows, key=str)


@pytest.fixture
def lived(database) -> Iterator[Lived]:
    made = Lived(database)
    yield made
    made.worker.close()
