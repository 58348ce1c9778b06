"""A small shop to run ticks on: definitions, a clock that is moved by hand, and questions about what happened."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hourglass import definitions, log
from hourglass.app.kinds import KINDS
from hourglass.audience.build import build
from hourglass.engine import EngineWorker, TickReport
from hourglass.events import envelope
from hourglass.kernel import FixedClock, Settings, WorkspaceId
from hourglass.postgres import Database, list_workspaces

SHOP = WorkspaceId(1)
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEMPLATE = {
    "kind": "template",
    "key": "hello",
    "name": "Hello",
    "channel": "email",
    "subject": "Hello",
    "html": "<p>Hello</p>",
}


class Shop:
    """One workspace with an engine that ticks when told."""

    def __init__(self, database: Database, tick_events: int = 5000, settings: Settings | None = None) -> None:
        self.database = database
        self.clock = FixedClock(START)
        alone = Settings(data=Path(), database_url=database.url, partitions=1, tick_events=tick_events)
        self.settings = settings or alone
        self.worker = EngineWorker(database, self.clock, self.settings)
        self._sent = 0

    def define(self, *documents: dict[str, Any]) -> None:
        with self.database.transaction() as tx:
            for document in documents:
                definitions.put(tx, SHOP, document, kinds=KINDS, author="test", now=self.clock.now())

    def send(self, *calls: dict[str, Any], historical: bool = False) -> None:
        """Calls as a client makes them, each a chunk of its own; `at` is seconds after now."""
        for call in calls:
            self._sent += 1
            body = {"messageId": f"m{self._sent}", "timestamp": self.clock.now().isoformat(), **call}
            kind: Any = body.pop("type", "track")
            with self.database.transaction() as tx:
                log.append(
                    tx, SHOP, [envelope(kind, body, historical=historical)], self.clock.now(), self.settings.partitions
                )

    def tick(self, after: timedelta = timedelta()) -> TickReport:
        """Let time pass, then work until nothing is left to do, segments that are new or changed included."""
        self.clock.advance(after)
        total = self._ticks()
        while self.build():
            total = total.plus(self._ticks())
        return total

    def build(self) -> int:
        """Build the segments that are new or changed, as the engine does beside its ticks; how many there were."""
        with self.database.transaction() as tx:
            workspaces = list_workspaces(tx)
        made = [build(self.database, self.settings.data, workspace, self.clock.now) for workspace in workspaces]
        return sum(one.segments for one in made)

    def _ticks(self) -> TickReport:
        total = TickReport()
        while True:
            report = self.worker.once()
            total = total.plus(report)
            if report.idle:
                return total

    def rows(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with self.database.transaction() as tx:
            return tx.execute(query.encode(), values).fetchall()

    def members(self, key: str) -> set[str]:
        """User ids of the members of a segment."""
        found = self.rows(
            "SELECT i.value FROM segment_members m JOIN definitions d ON d.id = m.segment_id "
            "JOIN identities i ON i.profile_id = m.profile_id AND i.kind = 'user_id' WHERE d.key = %s",
            key,
        )
        return {row[0] for row in found}

    def runs(self) -> list[tuple[str, str, str | None, str]]:
        """(journey, state, reason, correlation), oldest first."""
        return self.rows(
            "SELECT d.key, r.state, r.end_reason, r.correlation FROM journey_runs r "
            "JOIN definitions d ON d.id = r.journey_id ORDER BY r.entry_seq, d.key"
        )

    def messages(self) -> list[tuple[str, str, str | None]]:
        """(template, state, reason), in the order they were made."""
        return self.rows("SELECT template, state, reason FROM messages ORDER BY created_at, run_id")
