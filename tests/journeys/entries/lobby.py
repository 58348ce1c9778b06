"""A shop whose ticks are followed by a look for occasions, as the engine does beside them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from hourglass.engine import TickReport
from hourglass.journeys.entries.sweep import Sweep
from hourglass.postgres import Database, list_workspaces
from tests.engine.shop import Shop

HELLO: list[dict[str, Any]] = [{"send": {"channel": "email", "template": "hello"}}]


class Lobby(Shop):
    """Time passes, occasions come, people enter."""

    def __init__(self, database: Database, zone: str = "Asia/Almaty") -> None:
        super().__init__(database)
        self.sweep = Sweep()
        with database.transaction() as tx:
            tx.execute(b"UPDATE workspaces SET zone = %s", (zone,))

    def tick(self, after: timedelta = timedelta()) -> TickReport:
        total = super().tick(after)
        while self.look():
            total = total.plus(super().tick())
        return total

    def look(self) -> int:
        """Look for occasions; how many people were queued."""
        with self.database.transaction() as tx:
            workspaces = list_workspaces(tx)
        return sum(self.sweep.look(self.database, one, self.clock.now()) for one in workspaces)

    def known(self, *names: str, **traits: Any) -> None:
        """People by name, each with these traits."""
        self.send(*({"type": "identify", "userId": name, "traits": traits} for name in names))
        self.tick()

    def inside(self, key: str) -> list[str]:
        """Who ever entered, in order; a name twice who entered twice."""
        return [row[0] for row in self.rows(
            "SELECT i.value FROM journey_runs r JOIN definitions d ON d.id = r.journey_id JOIN identities i "
            "ON i.profile_id = r.profile_id AND i.kind = 'user_id' WHERE d.key = %s ORDER BY r.entered_at, i.value",
            key,
        )]  # fmt: skip

    def entry(self, key: str) -> list[dict[str, Any]]:
        """What the runs of a journey know of their beginning."""
        return [row[0] for row in self.rows(
            "SELECT r.entry FROM journey_runs r JOIN definitions d ON d.id = r.journey_id "
            "WHERE d.key = %s ORDER BY r.id",
            key,
        )]  # fmt: skip


def journey(key: str, entry: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A journey that says hello to whoever comes in that way."""
    return {"kind": "journey", "key": key, "entry": entry, "steps": HELLO, **more}
